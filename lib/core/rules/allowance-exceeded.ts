import { allowanceNames } from '../node/allowance.js';
import { exceededBy, exceededMeasures, exceededText } from '../measure/allowance-excess.js';
import { count, percent, plural } from '../text/format.js';
import { hasGrown } from '../measure/counter-growth.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import type { NodeFacts } from '../node/snapshot.js';

/**
 * EC2's own connection tracking refused connections.
 *
 * EC2 tracks connections outside of the instance, for security groups, and has a limit of its own for
 * each instance type. A sysctl does not move it, and the kernel's table may be nearly empty meanwhile.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export const allowanceExceeded = defineRule({
  id: 'allowance-exceeded',
  title: 'EC2 refused connections: its own tracking is full',
  fires:
    'conntrack_allowance_exceeded grew since the last audit or within the probe (critical), or is above 0 since boot at first sight of a node (warning)',
  about: 'ec2',
  proof: 'growth',
  requires: ['allowance'],
  considers: ['table', 'shape', 'boot', 'growth', 'churn', 'vpcTracking'],

  check(facts) {
    const { table, shape, vpcTracking } = facts;
    const refused = exceededText('conntrack', packets, facts);
    if (refused === undefined) return undefined;
    const grown = hasGrown(exceededBy('conntrack', facts));
    return {
      severity: grown ? ('critical' as const) : ('warning' as const),
      summary: `EC2's connection tracking refused ${refused}${kernelText(table)}${others(facts)}`,
      measures: { ...tableMeasures(table), ...exceededMeasures('conntrack', facts) },
      why: why(shape, vpcTracking),
    };
  },
});

function packets(amount: number): string {
  return plural(amount, 'packet');
}

/** The kernel's table beside it: it tells which of the two binds. */
function kernelText(table: NodeFacts['table']): string {
  if (table === undefined) return '';
  return `; the kernel's own table is used to ${percent(table.entries / table.max)}`;
}

/** The other limits of EC2 are no subject of this rule, and are told where they were passed as well. */
function others({ allowance, growth }: Pick<NodeFacts, 'allowance' | 'growth'>): string {
  const known = growth?.exceeded.conntrack !== undefined;
  const exceeded = known ? growth.exceeded : (allowance?.exceeded ?? {});
  const passed = allowanceNames
    .filter((name) => name !== 'conntrack' && name !== 'linklocal')
    .flatMap((name) =>
      (exceeded[name] ?? 0) > 0 ? [`${name} ${count(exceeded[name] ?? 0)}`] : [],
    );
  if (passed.length === 0) return '';
  return `; also exceeded since ${known ? 'then' : 'boot'}: ${passed.join(', ')}`;
}

function why(shape: NodeFacts['shape'], vpcTracking: NodeFacts['vpcTracking']): string {
  const type = shape === undefined ? 'the instance type' : shape.instanceType;
  const idle =
    vpcTracking === undefined
      ? ''
      : `, and keeps an idle TCP connection ${count(vpcTracking.tcpEstablishedSeconds)} s`;
  return `EC2 tracks connections outside of the instance, up to a number that it sets for ${type} and does not publish${idle}; nf_conntrack_max does not change it`;
}
