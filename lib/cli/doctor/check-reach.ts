import { Ec2Nodes } from '../../adapters/ec2-nodes.js';
import { ServiceAttempts } from '../../adapters/service-attempts.js';
import { Failure } from '../../adapters/service-error.js';
import { knownNodes } from '../../adapters/ssm-nodes.js';
import type { SilentReason } from '../../core/node/silent-node.js';
import { reachableNodes, type ReachedNodes } from '../../core/run/reachable-nodes.js';
import { count, plural } from '../../core/text/format.js';
import { asked, fault, ok, unanswered, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'ssm';

/** What brings nodes into sight, by why they are out of it. The others cannot be brought. */
const REMEDIES: Partial<Record<SilentReason, string>> = {
  'ssm-missing':
    'attach AmazonSSMManagedInstanceCore to the role of the nodes, and see that they reach the endpoints of Systems Manager',
  'ssm-offline': 'on the node: systemctl status amazon-ssm-agent',
};

/** How many nodes of the clusters Systems Manager can reach. */
export async function checkReach(
  { clients, nodeTagKeys }: Patient,
  caller: Caller,
  clusters: readonly string[],
): Promise<Checked> {
  const directory = new Ec2Nodes(clients.ec2, nodeTagKeys);
  const listing = directory.nodes({ clusters });
  const nodes = await asked('ec2:DescribeInstances', listing);
  if (nodes instanceof Failure) return unanswered(CHECK, nodes, caller);
  const known = await knownNodes(clients.ssm, new ServiceAttempts());
  const [gap] = known.gaps ?? [];
  if (gap !== undefined) {
    const { operation, reason, detail } = gap;
    return unanswered(CHECK, new Failure(operation, reason, detail), caller);
  }
  return judgeReach(reachableNodes(nodes, known.nodes));
}

/** What the nodes that cannot be reached make of it. Those that nobody can reach are no fault. */
function judgeReach({ reachable, unreachable }: ReachedNodes): Checked {
  const all = reachable.length + unreachable.length;
  if (all === 0) return unknown(CHECK, 'the clusters have no node', 'aws ec2 describe-instances');
  const reasons = [...new Set(unreachable.map(({ reason }) => reason))].sort();
  const parts = reasons.map((reason) => {
    const of = unreachable.filter((one) => one.reason === reason);
    const names = of.slice(0, 3).map(({ node }) => node.instanceId);
    return `${count(of.length)} ${reason} (${names.join(', ')}${of.length > 3 ? ', …' : ''})`;
  });
  const says = [`${count(reachable.length)} of ${plural(all, 'node')} online`, ...parts].join('; ');
  const remedies = reasons.flatMap((reason) => REMEDIES[reason] ?? []);
  return remedies.length === 0 ? ok(CHECK, says) : fault(CHECK, says, remedies.join('; '));
}
