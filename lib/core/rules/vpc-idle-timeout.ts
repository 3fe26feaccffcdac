import { allowancePressure } from '../measure/allowance-room.js';
import { count } from '../text/format.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';

/** The day that kube-proxy lets the kernel keep an idle connection under EKS's configuration. */
const A_DAY = 86_400;

/**
 * EC2 keeps idle TCP connections for days on a node whose allowance is short.
 *
 * A connection whose ends are gone without FIN or RST stays tracked until the timeout. EC2's default was
 * five days before Nitro v6, long after the kernel of the node has forgotten the same connection.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts
 */
export const vpcIdleTimeout = defineRule({
  id: 'vpc-idle-timeout',
  title: 'EC2 keeps idle connections for days while its tracking is short',
  fires:
    'EC2 keeps idle TCP connections longer than a day, and its connection tracking was exceeded since boot or is nearly full (warning)',
  about: 'ec2',
  proof: 'reading',
  requires: ['vpcTracking', 'allowance'],
  considers: ['allowanceAvailable', 'table', 'timeouts'],

  check(facts) {
    const { vpcTracking, timeouts } = facts;
    const { tcpEstablishedSeconds: seconds, configured } = vpcTracking;
    const pressure = allowancePressure(facts);
    if (seconds <= A_DAY || pressure === undefined) return undefined;
    const from = configured ? 'as set on a network interface' : 'the default of this instance type';
    const kernel = timeouts?.['tcp_timeout_established'];
    const forgotten =
      kernel === undefined || kernel >= seconds
        ? ''
        : `; the kernel forgets the same connection after ${count(kernel)} s`;
    return {
      severity: 'warning' as const,
      summary: `EC2 keeps an idle TCP connection ${count(seconds)} s (${from}), and its allowance ${pressure}`,
      measures: {
        ...tableMeasures(facts.table),
        idleTimeoutSeconds: seconds,
        ...present({
          allowanceAvailable: facts.allowanceAvailable,
          packetsExceeded: facts.allowance.exceeded.conntrack,
        }),
      },
      why: `a connection that ends without FIN or RST counts until then${forgotten}`,
    };
  },
});
