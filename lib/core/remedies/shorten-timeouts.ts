import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import type { Effect } from '../judge/finding.js';
import { shareText } from '../measure/share.js';
import {
  leavesMore,
  mayFollow,
  together,
  waitingEntries,
  type Waiting,
} from '../measure/waiting-entries.js';
import { usageOnce, wasFull } from './shared/sizing.js';
import { secondsText, timeoutSteps } from './shared/timeout-steps.js';
import { NO_SETTING } from './shared/auto-mode.js';

/** Share 0..1 of the table below which a timeout is not worth its risk. A house choice. */
const WORTH = 0.01;

const ESTABLISHED = 'tcp_timeout_established';

/** The rule that finds half-open flows of pods that are gone, however few they are. */
const STALE = 'stale-flows';

/**
 * Shortens the timeouts of TCP connections that only wait, of which kube-proxy lengthens one: CLOSE_WAIT
 * to an hour. ESTABLISHED is left alone where closed connections hold as much: shortening it forgets
 * connections that are only idle.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
export const shortenTimeouts: Remedy = {
  id: 'shorten-timeouts',
  title: 'Shorten the timeouts of TCP connections that only wait',
  reach: 'cluster',
  notOnAutoMode: NO_SETTING,
  answers: ['room', 'filler'],
  alsoAnswers: {
    'vpc-idle-timeout': 'the timeout of the kernel is taken for that of EC2',
  },
  leavesAlone: {
    'dns-entry-share': 'the entries of lookups do not wait for long',
    'node-local-dns-idle': 'a cache that is there has to be finished, whatever else is done',
    'hot-node': 'timeouts are those of all nodes',
  },
  emptiesBySetting: true,
  files: [],

  assess(weighed) {
    if (weighed.rule === 'vpc-idle-timeout') return anotherClock;
    const { facts } = weighed;
    const waiting = waitingEntries(facts);
    if (waiting.length === 0 || facts.table === undefined) return unread(weighed);
    const worth = weighed.rule === STALE ? halfOpenOf(waiting) : worthShortening(waiting);
    const freed = together(worth.map((one) => one.freed));
    const predicted = effectOf(worth, weighed);
    if (worth.length === 0) {
      const most = together(closed(waiting).map((one) => one.freed));
      return {
        helps: false,
        reason: `shorter timeouts of closed connections would free ${shareText(most)} of the entries`,
        predicted,
        steps: [],
      };
    }
    const timeouts = worth.map(
      (one) => `${one.state} of ${secondsText(one.shorter)} (now ${secondsText(one.seconds)})`,
    );
    const estimate = worth.some(({ by }) => by === 'rate') ? ' (estimate)' : '';
    return {
      helps: true,
      reason: `${timeouts.join(' and ')} would free ${shareText(freed)} of the entries${estimate}${halfOpen(worth, weighed)}${risk(worth)}`,
      predicted,
      steps: timeoutSteps(worth, weighed),
    };
  },
};

/**
 * What ages count goes, and what would have come of it later may go with it: the usage is at most what is
 * left then. Where more may stay, as ages are not known or the table was full, it is at least what would be
 * left if all of that went.
 */
function effectOf(worth: readonly Waiting[], { facts, policy }: Case): Effect {
  const freed = together(worth.map((one) => one.freed));
  const moreStays = worth.some(({ by, state }) => by === 'rate' && state !== 'TIME_WAIT');
  if (!moreStays && !wasFull(facts, policy)) {
    const bound = worth.some(leavesMore) ? 'at most' : undefined;
    return usageOnce(freed, 0, facts, policy, bound);
  }
  const most = { ...freed, share: freed.share + mayFollow(worth, facts) };
  return usageOnce(most, 0, facts, policy, moreStays ? 'at least' : undefined);
}

const anotherClock: Weighed = {
  helps: false,
  reason:
    'these are the timeouts of the kernel; EC2 keeps its own entries by the timeout of the network interface',
  predicted: {},
  steps: [],
};

function unread({ facts: { timeouts } }: Case): Weighed {
  const closeWait = timeouts?.['tcp_timeout_close_wait'];
  const now = closeWait === undefined ? '' : ` (CLOSE_WAIT is held ${secondsText(closeWait)} here)`;
  return {
    helps: null,
    reason: `frees entries of closed connections${now}; how many those are was not read`,
    predicted: {},
    steps: [
      'count them as root on the node: conntrack -L -p tcp --state CLOSE_WAIT 2>/dev/null | wc -l',
    ],
  };
}

/** Closed connections that a shorter timeout frees; idle ones with them only where those are most of it. */
function worthShortening(waiting: readonly Waiting[]): Waiting[] {
  const done = together(closed(waiting).map((one) => one.freed)).share;
  return waiting
    .filter(({ timeout, freed }) => timeout !== ESTABLISHED || freed.share > done)
    .filter(({ freed }) => freed.share >= WORTH);
}

function halfOpenOf(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter(({ state, seconds, shorter }) => state === 'SYN_SENT' && seconds > shorter);
}

function closed(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter(({ timeout }) => timeout !== ESTABLISHED);
}

/** Who opens what nobody answers, and its price: an answer that comes late belongs to no flow. */
function halfOpen(worth: readonly Waiting[], { facts: { makeup } }: Case): string {
  const opened = worth.find(({ state }) => state === 'SYN_SENT');
  if (opened === undefined) return '';
  const { port, holder } = makeup?.unanswered ?? {};
  const to = port === undefined ? '' : `, most of them to ${port.port}`;
  const from = holder?.owner === undefined ? '' : ` and from ${holder.owner}`;
  return `; SYN_SENT waits for somebody to answer${to}${from}; a SYN that is answered after ${secondsText(opened.shorter)} becomes a new flow`;
}

function risk(worth: readonly Waiting[]): string {
  const idle = worth.find(({ timeout }) => timeout === ESTABLISHED);
  if (idle === undefined) return '';
  return `; the risk: the node forgets a connection that is idle for longer than ${secondsText(idle.shorter)}, its next packet goes nowhere, and both ends find out late; a keepalive under that prevents it, and Linux's own of 7,200 s is, where a program turns it on`;
}
