import { scopeOf } from '../artefacts/scope-of.js';
import { contexts } from '../judge/contexts.js';
import type { Assessment, Finding, Verdict } from '../judge/finding.js';
import type { Catalogue, Evidence } from '../judge/judge.js';
import type { Policy } from '../judge/policy.js';
import type { Remedy, Weighed } from '../judge/remedy.js';
import { evaluate, type About, type Rule, type RuleText } from '../judge/rule.js';
import type { Severity } from '../judge/severity.js';
import { groupLoads } from '../measure/group-load.js';
import type { FactName, NodeFacts, Snapshot } from '../node/snapshot.js';
import { remembered, rememberedOf, rememberedParts } from '../text/remembered.js';

/** What a remedy says of the findings of a rule, by instance id. */
type Said = Map<string, Weighed | undefined>;

/** A node of a finding. */
export interface Found {
  readonly snapshot: Snapshot;
  readonly severity: Severity;
}

/**
 * Looks the nodes of a cluster up, weighs remedies on them as often as is asked, but each once, and judges them
 * again. Of each cluster one, as nothing of one of them says anything of another: what is remembered goes with it.
 */
export class WeighedNodes {
  private readonly snapshots: ReadonlyMap<string, Snapshot>;
  private readonly texts: ReadonlyMap<string, RuleText>;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly context: ReturnType<typeof contexts>;
  private readonly loadOf: ReturnType<typeof groupLoads>;
  private readonly said = rememberedOf<Remedy, (rule: string) => Said>(() =>
    remembered<string, Said>(() => new Map()),
  );
  private readonly answers = rememberedParts((): { isOver?: boolean } => ({}), Infinity);

  constructor(
    /** What was found in the cluster. */
    private readonly evidence: Evidence,
    { rules, silentRule }: Pick<Catalogue, 'rules' | 'silentRule'>,
    readonly policy: Policy,
    /** Nodes whose reading nobody believes. */
    readonly doubted: ReadonlySet<string> = new Set(),
  ) {
    const { fleet, snapshots } = evidence;
    this.snapshots = new Map(snapshots.map((one) => [one.node.instanceId, one]));
    this.texts = new Map([...rules, silentRule].map((one) => [one.id, one]));
    this.rules = new Map(rules.map((one) => [one.id, one]));
    this.loadOf = groupLoads(snapshots);
    this.context = contexts(fleet, this.loadOf, policy);
  }

  /** The nodes of a finding that were read, each with how bad it is there. */
  readonly found = rememberedOf(({ nodes }: Finding): readonly Found[] =>
    nodes.flatMap(({ instanceId, severity }) => {
      const snapshot = this.snapshots.get(instanceId);
      return snapshot === undefined ? [] : [{ snapshot, severity }];
    }),
  );

  /** The nodes of a finding that were read. */
  readonly of = rememberedOf((finding: Finding): readonly Snapshot[] =>
    this.found(finding).map(({ snapshot }) => snapshot),
  );

  /** All that was read in the cluster. */
  get read(): readonly Snapshot[] {
    return this.evidence.snapshots;
  }

  /** Every node of a cluster whose limit a file may change. */
  readonly scope = remembered((cluster: string) => scopeOf(this.evidence, cluster));

  /** The answer to whether these settle a finding, as it was given before where it was asked before. */
  once(finding: Finding, done: readonly object[], ask: () => boolean): boolean {
    const answer = this.answers([finding, ...done]);
    answer.isOver ??= ask();
    return answer.isOver;
  }

  about({ rule }: Finding): About | undefined {
    return this.texts.get(rule)?.about;
  }

  proof({ rule }: Finding): RuleText['proof'] | undefined {
    return this.texts.get(rule)?.proof;
  }

  /** The facts that the rule of a finding looks at. */
  asksFor({ rule }: Finding): readonly FactName[] {
    return this.rules.get(rule)?.asksFor ?? [];
  }

  /** What a remedy says of one node of a finding. */
  weigh(remedy: Remedy, finding: Finding, snapshot: Snapshot): Weighed | undefined {
    const { instanceId } = snapshot.node;
    const said = this.said(remedy)(finding.rule);
    const before = said.get(instanceId);
    if (before !== undefined || said.has(instanceId)) return before;
    const now = this.weighAs(remedy, finding, snapshot, snapshot.facts);
    said.set(instanceId, now);
    return now;
  }

  /** The same if its facts were these. */
  weighAs(
    remedy: Remedy,
    { rule }: Finding,
    { node }: Snapshot,
    facts: NodeFacts,
  ): Weighed | undefined {
    const about = this.texts.get(rule)?.about;
    if (about === undefined) return undefined;
    return remedy.assess(this.context({ rule, about }, { node, facts }));
  }

  /**
   * What the rule of a finding says of a node whose facts are these, if it said `was` before. The other nodes of
   * its group change as well, and nobody knows by how much: beside idle ones it is the hottest.
   */
  judgeAgain(
    { rule }: Finding,
    { node }: Snapshot,
    facts: NodeFacts,
    was: Severity,
  ): Verdict | undefined {
    const known = this.rules.get(rule);
    const group = { ...this.loadOf(node), medianUsage: 0 };
    return known && evaluate(known, { node, facts, group, was, policy: this.policy }, this.policy);
  }
}

/** Whether a remedy is known to help a finding. */
export function helps({ helps }: Assessment): boolean {
  return helps === true;
}
