import { allowanceNames, type Allowance } from '../allowance.js';
import { count, percent, plural } from '../format.js';
import { present } from '../present.js';
import { defineRule } from '../rule.js';
import { sinceBoot, withinProbe } from '../since-boot.js';
import type { NodeFacts } from '../snapshot.js';

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
    'conntrack_allowance_exceeded grew within the probe (critical), or is above 0 since boot (warning)',
  requires: ['allowance'],
  considers: ['table', 'shape', 'boot', 'churn', 'vpcTracking'],

  check({ allowance, table, shape, boot, churn, vpcTracking }) {
    const total = allowance.exceeded.conntrack ?? 0;
    const grown = allowance.grown?.conntrack ?? 0;
    if (total === 0 && grown === 0) return undefined;
    return present({
      severity: grown > 0 ? ('critical' as const) : ('warning' as const),
      summary: `EC2's connection tracking refused ${refused(allowance, churn, boot)}${kernelText(table)}${others(allowance)}`,
      why: why(shape, vpcTracking),
    });
  },
});

function refused(
  { exceeded, grown }: Allowance,
  churn: NodeFacts['churn'],
  boot: NodeFacts['boot'],
): string {
  const total = exceeded.conntrack ?? 0;
  const now = grown?.conntrack ?? 0;
  const ever = sinceBoot(boot);
  if (now > 0)
    return `${plural(now, 'packet')} ${withinProbe(churn)}, after ${count(total)} ${ever}`;
  const quiet = grown === undefined ? '' : ', and none while the probe ran';
  return `${plural(total, 'packet')} ${ever}${quiet}`;
}

/** The kernel's table beside it: it tells which of the two binds. */
function kernelText(table: NodeFacts['table']): string {
  if (table === undefined) return '';
  return `; the kernel's own table is used to ${percent(table.entries / table.max)}`;
}

/** The other limits of EC2 are no subject of this rule, and are told where they were passed as well. */
function others({ exceeded }: Allowance): string {
  const passed = allowanceNames
    .filter((name) => name !== 'conntrack' && name !== 'linklocal')
    .flatMap((name) =>
      (exceeded[name] ?? 0) > 0 ? [`${name} ${count(exceeded[name] ?? 0)}`] : [],
    );
  return passed.length === 0 ? '' : `; also exceeded since boot: ${passed.join(', ')}`;
}

function why(shape: NodeFacts['shape'], vpcTracking: NodeFacts['vpcTracking']): string {
  const type = shape === undefined ? 'the instance type' : shape.instanceType;
  const idle =
    vpcTracking === undefined
      ? ''
      : `, and keeps an idle TCP connection ${count(vpcTracking.tcpEstablishedSeconds)} s`;
  return `EC2 tracks connections outside of the instance, up to a number that it sets for ${type} and does not publish${idle}; nf_conntrack_max does not change it`;
}
