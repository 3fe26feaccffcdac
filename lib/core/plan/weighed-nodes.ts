import { contexts } from '../judge/contexts.js';
import type { Assessment, Finding } from '../judge/finding.js';
import type { Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import type { About, RuleText } from '../judge/rule.js';
import { groupLoads } from '../measure/group-load.js';
import type { Snapshot } from '../node/snapshot.js';

/** Looks nodes up, and weighs remedies on them as often as is asked, but each once. */
export class WeighedNodes {
  private readonly snapshots: ReadonlyMap<string, Snapshot>;
  private readonly abouts: ReadonlyMap<string, About>;
  private readonly context: ReturnType<typeof contexts>;
  private readonly said = new Map<string, Weighed | undefined>();

  constructor(
    { fleet, snapshots }: Evidence,
    rules: readonly RuleText[],
    readonly policy: Policy,
  ) {
    this.snapshots = new Map(snapshots.map((one) => [one.node.instanceId, one]));
    this.abouts = new Map(rules.map(({ id, about }) => [id, about]));
    this.context = contexts(fleet, groupLoads(snapshots), policy);
  }

  /** The nodes of a finding that were read. */
  of({ nodes }: Finding): Snapshot[] {
    return nodes.flatMap(({ instanceId }) => this.snapshots.get(instanceId) ?? []);
  }

  about({ rule }: Finding): About | undefined {
    return this.abouts.get(rule);
  }

  /** What a remedy says of one node of a finding. */
  weigh(remedy: Remedy, { rule }: Finding, snapshot: Snapshot): Weighed | undefined {
    const about = this.abouts.get(rule);
    if (about === undefined) return undefined;
    const key = `${remedy.id} ${rule} ${snapshot.node.instanceId}`;
    if (!this.said.has(key)) {
      this.said.set(key, remedy.assess({ rule, about, ...this.context(snapshot) }));
    }
    return this.said.get(key);
  }
}

/** Whether a remedy is known to help a finding. */
export function helps({ helps }: Assessment): boolean {
  return helps === true;
}
