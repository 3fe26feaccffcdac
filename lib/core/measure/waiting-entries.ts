import { shareOf, type Share } from './share.js';
import type { AgedState, Makeup } from '../node/makeup.js';
import { freedBy } from './older-entries.js';
import type { NodeFacts } from '../node/snapshot.js';
import { rememberedOf } from '../text/remembered.js';

/** From how many seconds without a packet on an ESTABLISHED entry counts as idle (`Makeup.idleEstablished`). */
const IDLE_FROM = 3_600;

/**
 * States whose entries only wait, the timeout that they wait for (sysctl name without
 * `nf_conntrack_`), and the seconds that suffice. CLOSE_WAIT: the kernel's own default, which
 * kube-proxy lengthens to an hour. TIME_WAIT: a quarter of the kernel's, a house choice. SYN_SENT: what
 * Bottlerocket was asked to set; a SYN that nobody answers is sent again after 1, 3, 7 and 15 s.
 * FIN_WAIT: as long as Linux itself waits for the other end (`tcp_fin_timeout`). ESTABLISHED:
 * 2 hours and 4 minutes, the least that RFC 5382 (REQ-5) allows to a NAT: a host whose TCP keepalive
 * is Linux's default sends its first one after exactly 2 hours, and would come too late at 7,200.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 * @see https://www.rfc-editor.org/rfc/rfc5382#section-5
 * @see https://github.com/bottlerocket-os/bottlerocket/issues/4809
 */
const waits = [
  { state: 'CLOSE_WAIT', timeout: 'tcp_timeout_close_wait', shorter: 60, from: 0 },
  { state: 'TIME_WAIT', timeout: 'tcp_timeout_time_wait', shorter: 30, from: 0 },
  { state: 'SYN_SENT', timeout: 'tcp_timeout_syn_sent', shorter: 20, from: 0 },
  { state: 'FIN_WAIT', timeout: 'tcp_timeout_fin_wait', shorter: 60, from: 0 },
  {
    state: 'idle ESTABLISHED',
    timeout: 'tcp_timeout_established',
    shorter: 7_440,
    from: IDLE_FROM,
  },
] as const;

type Wait = (typeof waits)[number];

/** States whose entries have an age; of the others only the number is known. */
const aged: Readonly<Partial<Record<Wait['state'], AgedState>>> = {
  CLOSE_WAIT: 'CLOSE_WAIT',
  TIME_WAIT: 'TIME_WAIT',
  SYN_SENT: 'SYN_SENT',
  'idle ESTABLISHED': 'ESTABLISHED',
};

/** Seconds that suffice for the timeout of this name (sysctl without `nf_conntrack_`). */
export function shorterTimeout(name: Wait['timeout']): number {
  const wait = waits.find(({ timeout }) => timeout === name);
  if (wait === undefined) throw new Error(`no shorter timeout is known for ${name}`);
  return wait.shorter;
}

/** Entries of one state that only wait to be forgotten. */
export interface Waiting {
  /** `idle ESTABLISHED`: without a packet for an hour or more. */
  readonly state: Wait['state'];
  /** Its sysctl without `nf_conntrack_`. */
  readonly timeout: Wait['timeout'];
  /** What the timeout is now. */
  readonly seconds: number;
  /** What would suffice; may be above `seconds`, where somebody shortened it already. */
  readonly shorter: number;
  /** Share of the table that they hold. */
  readonly entries: Share;
  /** Share of the table that the shorter timeout would free, 0 where it is no shorter. */
  readonly freed: Share;
  /**
   * `ages`: counted, as those that have waited for longer. `rate`: ages are not known, and it takes entries
   * to begin to wait at a steady rate, and to wait until they are forgotten. That is the most there can be.
   */
  readonly by: 'ages' | 'rate';
}

/**
 * The entries that only wait, by state, most entries first. Nothing of a state whose number or timeout
 * could not be read, and nothing at all where the entries were not listed.
 */
export const waitingEntries = rememberedOf((facts: WaitingFacts): readonly Waiting[] => {
  const { makeup, timeouts, table } = facts;
  if (makeup === undefined || timeouts === undefined) return [];
  const all = table?.entries ?? makeup.listed;
  const known = waits.flatMap((wait): Waiting[] => {
    const [listed, seconds] = [countOf(makeup, wait.state), timeouts[wait.timeout]];
    if (listed === undefined || seconds === undefined) return [];
    const entries = shareOf(listed, makeup, all);
    if (entries === undefined) return [];
    const { state, timeout, shorter } = wait;
    return [{ state, timeout, shorter, seconds, entries, ...freedOf(wait, seconds, makeup, all) }];
  });
  return known.sort((a, b) => b.entries.share - a.entries.share);
});

type WaitingFacts = Pick<NodeFacts, 'makeup' | 'timeouts' | 'table'>;

function countOf({ idleEstablished, tcpStates }: Makeup, state: Wait['state']): number | undefined {
  return state === 'idle ESTABLISHED' ? idleEstablished : (tcpStates[state] ?? 0);
}

/** Only what is older than the new timeout goes. */
function freedOf(
  { state, shorter, from }: Wait,
  seconds: number,
  makeup: Makeup,
  all: number,
): Pick<Waiting, 'freed' | 'by'> {
  const none = { share: 0, margin: 0 };
  const age = aged[state];
  const older = age && freedBy(makeup, age, shorter);
  const by = older === undefined ? ('rate' as const) : ('ages' as const);
  if (shorter >= seconds) return { freed: none, by };
  if (older !== undefined) return { freed: shareOf(older, makeup, all) ?? none, by };
  const { share, margin } = shareOf(countOf(makeup, state) ?? 0, makeup, all) ?? none;
  const factor = (seconds - shorter) / (seconds - from);
  return { freed: { share: share * factor, margin: margin * factor }, by };
}

/** States that a connection goes through once it is no longer idle, half closed or half open. */
const later = ['FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT', 'CLOSE'];

/**
 * Share of the table that could go with what shorter timeouts free of these, at most: a connection that was
 * forgotten closes later, and leaves no entry then.
 */
export function mayFollow(
  worth: readonly Waiting[],
  { makeup, table }: Pick<NodeFacts, 'makeup' | 'table'>,
): number {
  if (makeup === undefined || !worth.some(leavesMore)) return 0;
  const closing = later.reduce((sum, state) => sum + (makeup.tcpStates[state] ?? 0), 0);
  const share = shareOf(closing, makeup, table?.entries ?? makeup.listed)?.share ?? 0;
  const counted = worth.filter(({ state }) => later.includes(state));
  return Math.max(0, share - together(counted.map(({ freed }) => freed)).share);
}

/** Whether a connection in this state goes on to another, so that what follows it goes with it. */
export function leavesMore({ state }: Waiting): boolean {
  return state === 'CLOSE_WAIT' || state === 'FIN_WAIT' || state === 'idle ESTABLISHED';
}

/**
 * Several shares of one table as one, of entries that no two of them count. The margin errs on the wide
 * side: shares of one sample pull against each other, and are added as if they did not.
 */
export function together(shares: readonly Share[]): Share {
  return {
    share: Math.min(
      1,
      shares.reduce((sum, { share }) => sum + share, 0),
    ),
    margin: Math.hypot(...shares.map(({ margin }) => margin)),
  };
}
