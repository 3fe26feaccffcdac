import type { Finding } from '../judge/finding.js';
import type { Candidate } from './candidate.js';
import { isSettled, touches } from './settling.js';
import type { WeighedNodes } from './weighed-nodes.js';

/**
 * What chosen actions settle. Each finding is judged once for the same actions on its nodes, whoever asks: the
 * choice then takes time in proportion to the nodes, and not to nodes times actions.
 */
export class Settled {
  private readonly here = new Map<Finding, readonly Candidate[]>();
  private list: readonly Candidate[];

  constructor(
    private readonly weighed: WeighedNodes,
    chosen: readonly Candidate[] = [],
  ) {
    this.list = chosen;
  }

  get chosen(): readonly Candidate[] {
    return this.list;
  }

  choose(one: Candidate): void {
    this.list = [...this.list, one];
    this.here.clear();
  }

  byAll(finding: Finding): boolean {
    return this.with([], finding);
  }

  /** Whether it is over once these are done beside what is chosen. */
  with(more: readonly Candidate[], finding: Finding): boolean {
    const done = [...this.touching(finding), ...more.filter((one) => touches(one, finding))];
    return this.weighed.once(finding, done, () => isSettled(finding, done, this.weighed));
  }

  private touching(finding: Finding): readonly Candidate[] {
    const before = this.here.get(finding);
    if (before !== undefined) return before;
    const now = this.list.filter((one) => touches(one, finding));
    this.here.set(finding, now);
    return now;
  }
}
