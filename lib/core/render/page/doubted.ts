import type { Finding } from '../../judge/finding.js';

/** Whether a finding is that its nodes have a reading that no working node has. */
export function isDoubt({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule === 'reading-implausible';
}

/** The nodes whose reading nobody believes. */
export function doubtedIn(findings: readonly Finding[]): ReadonlySet<string> {
  const nodes = findings.filter(isDoubt).flatMap((one) => one.nodes);
  return new Set(nodes.map(({ instanceId }) => instanceId));
}
