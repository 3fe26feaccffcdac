import type { Problem, Verdict } from './finding.js';
import type { SilentReason } from '../node/silent-node.js';
import type { Severity } from './severity.js';
import type { Node } from '../node/fleet.js';
import type { GroupLoad } from '../measure/group-load.js';
import type { Policy } from './policy.js';
import { present } from '../text/present.js';
import type { FactName, NodeFacts } from '../node/snapshot.js';

/** The facts a rule asked for: required ones present, optional ones perhaps, and no others. */
type Facts<K extends FactName, U extends FactName> = {
  readonly [N in K]-?: NonNullable<NodeFacts[N]>;
} & { readonly [N in U]?: NonNullable<NodeFacts[N]> };

/** What a rule gets besides the facts. */
export interface RuleContext {
  readonly policy: Policy;
  /** `undefined` if the host is not known to be a node of a cluster. */
  readonly node?: Node;
  /** The nodes of its node group that were read. */
  readonly group?: GroupLoad;
  /** What this rule said about this node in the last audit; absent if the node was fine or not seen. */
  readonly was?: Severity;
}

/**
 * The kind of a rule's findings. Remedies answer kinds, so that a new rule has remedies without being
 * named anywhere.
 */
export type About =
  /** The table is full, or nearly. */
  | 'room'
  /** What fills it. */
  | 'filler'
  /** How large it may be. */
  | 'limit'
  /** Its hash. */
  | 'hash'
  /** Packets that race for one entry. */
  | 'race'
  /** What EC2 limits and counts outside of the node. */
  | 'ec2'
  /** The reading itself. */
  | 'reading'
  /** That the node gives none. */
  | 'reach';

/** The text of a rule in the table for people. */
export interface RuleText {
  /** Stable, public and equal to the file name. Never reuse one. */
  readonly id: string;
  /** The failing state, as a sentence without a period. */
  readonly title: string;
  /** When it fires, in one phrase with the numbers. */
  readonly fires: string;
  readonly about: About;
  /**
   * What proves that it is over: one reading of the node, or the growth between two. The first reading
   * of a node proves nothing about growth.
   */
  readonly proof: 'reading' | 'growth';
  /** What one finding covers. @default - the node group */
  readonly scope?: 'cluster';
}

/** What a rule answers that cannot say whether the node is fine. */
export interface NoOpinion {
  readonly missing: readonly FactName[];
}

/** What the author of a rule writes. */
export interface RuleDefinition<K extends FactName, U extends FactName> extends RuleText {
  /** Facts without which the rule has no opinion. */
  readonly requires: readonly K[];
  /** Sets of facts; one complete set is enough for an opinion. @default - `requires` is enough */
  readonly requiresOneOf?: readonly (readonly U[])[];
  /** Facts that it looks at if they are there. */
  readonly considers?: readonly U[];
  /**
   * Pure: no clock, no I/O, no logging. Returns nothing when the node is fine, and the facts that are
   * missing where it turns out that the rule can have no opinion without them.
   */
  check(facts: Facts<K, U>, context: RuleContext): Problem | NoOpinion | undefined;
}

/** A rule as the engine sees it, with the kinds of its facts forgotten. */
export interface Rule extends RuleText {
  readonly requires: readonly FactName[];
  /** All that it may look at. */
  readonly asksFor: readonly FactName[];
  readonly evaluate: (subject: Subject, policy: Policy) => Verdict;
}

/** What one rule judges: the facts of a node, and more if it is known. */
export interface Subject extends Omit<RuleContext, 'policy'> {
  readonly facts: NodeFacts;
  /** Whoever judges a node by many rules says it here, so that it is not copied for each. */
  readonly policy?: Policy;
}

function isContext<T extends Subject>(subject: T, policy: Policy): subject is T & RuleContext {
  return subject.policy === policy;
}

/** The rule that judges a node that could not be asked: it has no facts, only a reason. */
export interface SilentRule extends RuleText {
  judge(reason: SilentReason): Problem;
}

/** Turns a definition into a rule that answers `unknown` by itself if a fact is missing. */
export function defineRule<const K extends FactName, const U extends FactName = never>(
  definition: RuleDefinition<K, U>,
): Rule {
  const { id, title, fires, about, proof, scope } = definition;
  const { requires, requiresOneOf = [], considers = [] } = definition;
  return {
    id,
    title,
    fires,
    about,
    proof,
    ...present({ scope }),
    requires,
    asksFor: [...requires, ...requiresOneOf.flat(), ...considers],
    evaluate(subject, policy) {
      const { facts } = subject;
      const missing = missingOf(facts, requires, requiresOneOf);
      if (missing.length > 0) return { verdict: 'unknown', missing };

      // Other facts are there too, and no rule can name them: a copy for each rule and node costs more than the check.
      const context = isContext(subject, policy) ? subject : { ...subject, policy };
      const said = definition.check(facts as Facts<K, U>, context);
      if (said === undefined) return PASS;
      return 'missing' in said
        ? { verdict: 'unknown', missing: said.missing }
        : { verdict: 'finding', ...said };
    },
  };
}

const PASS: Verdict = { verdict: 'pass' };
const NOTHING: readonly FactName[] = [];

/** The missing required facts, and those of each set if no set is complete; every fact once. */
function missingOf(
  facts: NodeFacts,
  all: readonly FactName[],
  sets: readonly (readonly FactName[])[],
): readonly FactName[] {
  if (isKnown(facts, all) && (sets.length === 0 || sets.some((one) => isKnown(facts, one)))) {
    return NOTHING;
  }
  const missing = (names: readonly FactName[]) => names.filter((name) => facts[name] === undefined);
  const isEnough = sets.length === 0 || sets.some((one) => isKnown(facts, one));
  return isEnough ? missing(all) : [...new Set([...missing(all), ...sets.flatMap(missing)])];
}

function isKnown(facts: NodeFacts, names: readonly FactName[]): boolean {
  for (const name of names) if (facts[name] === undefined) return false;
  return true;
}

/** Judges one snapshot by one rule. A throw becomes a verdict, so that the others go on. */
export function evaluate(rule: Rule, subject: Subject, policy: Policy): Verdict {
  try {
    return rule.evaluate(subject, policy);
  } catch (error) {
    return { verdict: 'crashed', error: error instanceof Error ? error.message : String(error) };
  }
}
