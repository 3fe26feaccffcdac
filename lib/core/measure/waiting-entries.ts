import { shareOf, type Share } from './share.js';
import type { NodeFacts } from '../node/snapshot.js';

/** From how many seconds without a packet on an ESTABLISHED entry counts as idle (`Makeup.idleEstablished`). */
const IDLE_FROM = 3_600;

/**
 * States whose entries only wait, the timeout that they wait for (sysctl name without
 * `nf_conntrack_`), and the seconds that suffice. CLOSE_WAIT: the kernel's own default, which
 * kube-proxy lengthens to an hour. TIME_WAIT: a quarter of the kernel's, a house choice. ESTABLISHED:
 * 2 hours and 4 minutes, the least that RFC 5382 (REQ-5) allows to a NAT: a host whose TCP keepalive
 * is Linux's default sends its first one after exactly 2 hours, and would come too late at 7,200.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 * @see https://www.rfc-editor.org/rfc/rfc5382#section-5
 */
const waits = [
  { state: 'CLOSE_WAIT', timeout: 'tcp_timeout_close_wait', shorter: 60, from: 0 },
  { state: 'TIME_WAIT', timeout: 'tcp_timeout_time_wait', shorter: 30, from: 0 },
  {
    state: 'idle ESTABLISHED',
    timeout: 'tcp_timeout_established',
    shorter: 7_440,
    from: IDLE_FROM,
  },
] as const;

/** Seconds that suffice for the timeout of this name (sysctl without `nf_conntrack_`). */
export function shorterTimeout(name: (typeof waits)[number]['timeout']): number {
  const wait = waits.find(({ timeout }) => timeout === name);
  if (wait === undefined) throw new Error(`no shorter timeout is known for ${name}`);
  return wait.shorter;
}

/** Entries of one state that only wait to be forgotten. */
export interface Waiting {
  /** `idle ESTABLISHED`: without a packet for an hour or more. */
  readonly state: (typeof waits)[number]['state'];
  /** Its sysctl without `nf_conntrack_`. */
  readonly timeout: (typeof waits)[number]['timeout'];
  /** What the timeout is now. */
  readonly seconds: number;
  /** What would suffice; may be above `seconds`, where somebody shortened it already. */
  readonly shorter: number;
  /** Share of the table that they hold. */
  readonly entries: Share;
  /**
   * Share of the table that the shorter timeout would free, 0 where it is no shorter. An estimate: it
   * takes entries to begin to wait at a steady rate, and to wait until they are forgotten. Of idle
   * ESTABLISHED it is the most: those that are kept alive every two hours stay.
   */
  readonly freed: Share;
}

/**
 * The entries that only wait, by state, most entries first. Nothing of a state whose number or timeout
 * could not be read, and nothing at all where the entries were not listed.
 */
export function waitingEntries({
  makeup,
  timeouts,
  table,
}: Pick<NodeFacts, 'makeup' | 'timeouts' | 'table'>): Waiting[] {
  if (makeup === undefined || timeouts === undefined) return [];
  const of = {
    CLOSE_WAIT: makeup.tcpStates['CLOSE_WAIT'] ?? 0,
    TIME_WAIT: makeup.tcpStates['TIME_WAIT'] ?? 0,
    'idle ESTABLISHED': makeup.idleEstablished,
  };
  const known = waits.flatMap(({ from, ...wait }): Waiting[] => {
    const [listed, seconds] = [of[wait.state], timeouts[wait.timeout]];
    if (listed === undefined || seconds === undefined) return [];
    const entries = shareOf(listed, makeup, table?.entries ?? makeup.listed);
    if (entries === undefined) return [];
    return [{ ...wait, seconds, entries, freed: part(entries, left(wait.shorter, seconds, from)) }];
  });
  return known.sort((a, b) => b.entries.share - a.entries.share);
}

/**
 * Several shares of one table as one. The margin errs on the wide side: shares of one sample pull
 * against each other, and are added as if they did not.
 */
export function together(shares: readonly Share[]): Share {
  return {
    share: shares.reduce((sum, { share }) => sum + share, 0),
    margin: Math.hypot(...shares.map(({ margin }) => margin)),
  };
}

/** What a shorter timeout frees of the entries that have waited for `from` seconds or more. */
function left(shorter: number, seconds: number, from: number): number {
  return shorter >= seconds ? 0 : (seconds - shorter) / (seconds - from);
}

function part({ share, margin }: Share, factor: number): Share {
  return { share: share * factor, margin: margin * factor };
}
