import type { Finding } from '../judge/finding.js';
import type { Candidate } from './candidate.js';
import { isSettled, touches } from './settling.js';
import type { WeighedNodes } from './weighed-nodes.js';

interface Known {
  readonly at: number;
  readonly is: boolean;
}

/**
 * What chosen actions settle, asked again only where something was chosen since that touches the finding: the
 * choice then takes time in proportion to the nodes, and not to nodes times actions.
 */
export class Settled {
  private readonly known = new Map<string, Known>();
  private readonly here = new Map<string, readonly Candidate[]>();
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
    const chosen = this.touching(finding);
    const key = [finding.id, ...more.map(({ id }) => id)].join('\n');
    const known = this.known.get(key);
    if (known?.at === chosen.length) return known.is;
    const is = isSettled(finding, [...chosen, ...more], this.weighed);
    this.known.set(key, { at: chosen.length, is });
    return is;
  }

  private touching(finding: Finding): readonly Candidate[] {
    const before = this.here.get(finding.id);
    if (before !== undefined) return before;
    const now = this.list.filter((one) => touches(one, finding));
    this.here.set(finding.id, now);
    return now;
  }
}
