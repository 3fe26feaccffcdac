import type { Finding, NodeFinding } from '../../judge/finding.js';
import { severities, type Severity } from '../../judge/severity.js';
import type { Node } from '../../node/fleet.js';
import type { SilentReason } from '../../node/silent-node.js';
import type { NodeFacts } from '../../node/snapshot.js';
import { present } from '../../text/present.js';
import { isDoubt } from './doubted.js';
import type { PageParts } from './page-parts.js';

/** How a node is drawn. `later`: fine now, not after an upgrade or a start of kube-proxy. */
export type Mark = Severity | 'fine' | 'later';

/** One node, as the page shows it. */
export interface NodeRow {
  readonly node: Node;
  readonly mark: Mark;
  readonly findings: readonly Finding[];
  /** The worst of its findings. */
  readonly severity?: Severity;
  readonly entries?: number;
  readonly max?: number;
  /** Share of the limit, for a table that was read. */
  readonly usage?: number;
  /** True: it refused packets for want of room, lately. */
  readonly wasFull: boolean;
  /** The limit that is to come, and what the entries of today would use of it. */
  readonly later?: { readonly max: number; readonly usage: number };
  /** True: nobody believes its reading. */
  readonly isDoubted: boolean;
  readonly silent?: SilentReason;
  readonly facts?: NodeFacts;
}

type Said = readonly [finding: Finding, about: NodeFinding];

/** Every node of the fleet, the worst first, then the fullest. */
export function nodeRows({ evidence, policy, report }: PageParts): NodeRow[] {
  const facts = new Map(evidence.snapshots.map((one) => [one.node.instanceId, one.facts]));
  const reasons = new Map(evidence.silent.map((one) => [one.instanceId, one.reason]));
  const said = new Map<string, Said[]>();
  for (const finding of report.findings) {
    for (const about of finding.nodes) {
      const known = said.get(about.instanceId);
      if (known === undefined) said.set(about.instanceId, [[finding, about]]);
      else known.push([finding, about]);
    }
  }
  return evidence.fleet.nodes
    .map((node) => {
      const { instanceId: id } = node;
      const silent = reasons.get(id);
      const read = rowOf(node, facts.get(id), said.get(id) ?? [], policy.warningUsage);
      return { ...read, ...present({ silent }) };
    })
    .sort((a, b) => rankIn(a) - rankIn(b) || (b.usage ?? -1) - (a.usage ?? -1));
}

function rowOf(
  node: Node,
  facts: NodeFacts | undefined,
  said: readonly Said[],
  warningUsage: number,
): NodeRow {
  const { entries, max } = facts?.table ?? {};
  const usage = entries === undefined || max === undefined ? undefined : entries / max;
  const later = laterOf(said, warningUsage);
  return {
    node,
    mark: markOf(said, later, usage ?? 0, warningUsage),
    findings: said.map(([finding]) => finding),
    isDoubted: said.some(([finding]) => isDoubt(finding)),
    wasFull: said.some(([, about]) => refusedPackets(about)),
    ...present({ severity: worst(said), entries, max, usage, later, facts }),
  };
}

/** A mild word about it is of another table than this one. */
function refusedPackets({ severity, measures }: NodeFinding): boolean {
  const { dropped = 0, tableFullLines = 0 } = measures;
  return severity !== 'notice' && (dropped > 0 || tableFullLines > 0);
}

/** The lowest limit to come at which today's entries would be warned of. */
function laterOf(said: readonly Said[], warningUsage: number): NodeRow['later'] {
  const [worstNext] = said
    .flatMap(([, { measures }]) => {
      const { nextMax: max, nextUsage: usage } = measures;
      return max === undefined || usage === undefined ? [] : [{ max, usage }];
    })
    .filter(({ usage }) => usage >= warningUsage)
    .sort((a, b) => b.usage - a.usage);
  return worstNext;
}

function markOf(
  said: readonly Said[],
  later: NodeRow['later'],
  usage: number,
  warningUsage: number,
): Mark {
  const now = worst(said.filter(([, { measures }]) => measures.nextMax === undefined));
  if (now !== undefined && now !== 'notice') return now;
  if (later !== undefined && usage < warningUsage) return 'later';
  return worst(said) ?? 'fine';
}

function worst(said: readonly Said[]): Severity | undefined {
  return severities.find((severity) => said.some(([, about]) => about.severity === severity));
}

function rankIn({ severity, silent }: NodeRow): number {
  const rank = severity === undefined ? severities.length : severities.indexOf(severity);
  return silent === undefined ? rank : rank + severities.length + 1;
}
