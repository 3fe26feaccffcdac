import { count } from '../text/format.js';
import { eraOf } from '../limit/era.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import { shareText } from '../measure/share.js';
import { usageOnce } from './shared/sizing.js';
import { together, waitingEntries, type Waiting } from '../measure/waiting-entries.js';

/** Share 0..1 of the table below which a timeout is not worth its risk. A house choice. */
const WORTH = 0.01;

const ESTABLISHED = 'tcp_timeout_established';

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
  answers: ['room', 'filler'],
  alsoAnswers: {
    'vpc-idle-timeout': 'the timeout of the kernel is taken for that of EC2',
  },
  leavesAlone: {
    'dns-entry-share': 'the entries of lookups do not wait for long',
    'node-local-dns-idle': 'a cache that is there has to be finished, whatever else is done',
    'hot-node': 'timeouts are those of all nodes',
  },
  files: [],

  assess(weighed) {
    if (weighed.rule === 'vpc-idle-timeout') return anotherClock;
    const { facts, policy } = weighed;
    const waiting = waitingEntries(facts);
    if (waiting.length === 0 || facts.table === undefined) return unread(weighed);
    const worth = worthShortening(waiting);
    const freed = together(worth.map((one) => one.freed));
    const predicted = usageOnce(freed, 0, facts, policy);
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
      (one) => `${one.state} of ${seconds(one.shorter)} (now ${seconds(one.seconds)})`,
    );
    return {
      helps: true,
      reason: `${timeouts.join(' and ')} would free ${shareText(freed)} of the entries (estimate)${risk(worth)}`,
      predicted,
      steps: stepsFor(worth, facts.kubeProxy?.version),
    };
  },
};

const anotherClock: Weighed = {
  helps: false,
  reason:
    'these are the timeouts of the kernel; EC2 keeps its own entries by the timeout of the network interface',
  predicted: {},
  steps: [],
};

function unread({ facts: { timeouts } }: Case): Weighed {
  const closeWait = timeouts?.['tcp_timeout_close_wait'];
  const now = closeWait === undefined ? '' : ` (CLOSE_WAIT is held ${seconds(closeWait)} here)`;
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

function closed(waiting: readonly Waiting[]): Waiting[] {
  return waiting.filter(({ timeout }) => timeout !== ESTABLISHED);
}

function risk(worth: readonly Waiting[]): string {
  const idle = worth.find(({ timeout }) => timeout === ESTABLISHED);
  if (idle === undefined) return '';
  return `; the risk: the node forgets a connection that is idle for longer than ${seconds(idle.shorter)}, its next packet goes nowhere, and both ends find out late; a keepalive under that prevents it, and Linux's own of 7,200 s is, where a program turns it on`;
}

function stepsFor(worth: readonly Waiting[], kubeProxy: string | undefined): string[] {
  const longest = Math.max(...worth.map((one) => one.seconds));
  return [
    `now, on the node: ${sysctl(worth, 'shorter')}`,
    ...forGood(worth, kubeProxy),
    `undo: ${sysctl(worth, 'seconds')}, and take the durable edit back`,
    `proof: an audit after ${seconds(longest)} or more reads fewer entries; those that are there wait out the timeout that they began with`,
  ];
}

function sysctl(worth: readonly Waiting[], which: 'seconds' | 'shorter'): string {
  const settings = worth.map((one) => `net.netfilter.nf_conntrack_${one.timeout}=${one[which]}`);
  return `sysctl -w ${settings.join(' ')}`;
}

/** The timeouts that kube-proxy writes, by their name in its configuration. */
const ofKubeProxy: Readonly<Record<string, string>> = {
  tcp_timeout_close_wait: 'tcpCloseWaitTimeout',
  tcp_timeout_established: 'tcpEstablishedTimeout',
};

/** Where kube-proxy writes a timeout its own value has to change; one that only raises it cannot lower it. */
function forGood(worth: readonly Waiting[], kubeProxy: string | undefined): string[] {
  const writes = eraOf(kubeProxy)?.writes;
  const written = writes === 'never' ? [] : worth.filter(({ timeout }) => timeout in ofKubeProxy);
  const alone = writes === 'raises-only' ? worth : worth.filter((one) => !written.includes(one));
  const values = written.map(
    (one) => `conntrack.${ofKubeProxy[one.timeout] ?? ''}: ${one.shorter}s`,
  );
  const why = writes === 'raises-only' ? ', as this kube-proxy only ever raises a timeout' : '';
  return [
    ...(written.length === 0
      ? []
      : [
          `for good: ${values.join(' and ')} in the ConfigMap kube-proxy-config, then kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)`,
        ]),
    ...(alone.length === 0
      ? []
      : [
          `for good: ${alone.map((one) => `net.netfilter.nf_conntrack_${one.timeout} = ${one.shorter}`).join(' and ')} in the user data of the launch template or node class${why}`,
        ]),
  ];
}

function seconds(value: number): string {
  return `${count(value)} s`;
}
