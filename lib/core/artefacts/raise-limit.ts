import { count, bytes } from '../text/format.js';
import type { Artefact, ArtefactContext, Place } from './artefact.js';
import { kubeProxyConfigInGit, kubeProxyConfigScript } from './kube-proxy-config.js';
import { limitPlan, nodesOfGroup, type LimitPlan } from './limit-plan.js';
import { afterLeavingAlone, costs, sideEffects, tableBytes, type LimitValues } from './scope.js';
import { sysctlDaemonSet } from './sysctl-daemon-set.js';
import { nodeFiles } from './user-data.js';

/** kube-proxy's own number per core, which gives it the limit back. */
const PER_CORE = 32_768;

/** The files that raise a limit: what works for every node of the cluster first, what may be done instead after it. */
export function raiseLimitFiles(context: ArtefactContext): Artefact[] {
  const plan = limitPlan(context);
  const byNode = plan.userDataLasts || plan.values === undefined;
  return [
    ...throughKubeProxy(context, plan, byNode ? 'alternative' : 'recommended'),
    ...throughNodes(context, plan, byNode ? 'recommended' : 'alternative'),
    stopGap(context),
  ];
}

function throughKubeProxy(context: ArtefactContext, plan: LimitPlan, place: Place): Artefact[] {
  const { nodes = [], limit } = context;
  const ignored = nodes.some(({ maxPerCore }) => maxPerCore === 0);
  const values: LimitValues | undefined = ignored
    ? { maxPerCore: PER_CORE, min: limit }
    : plan.values;
  if (values === undefined) return [];
  const because = [
    ...(ignored ? ['It lets kube-proxy write the limit again.'] : plan.because),
    ...(nodes.length === 0 ? [notWeighed(limit)] : sideEffects(nodes, values)),
  ];
  const set = { ...values };
  return [
    kubeProxyConfigScript({ file: 'raise-limit.sh', place, values: set, because }, context),
    kubeProxyConfigInGit(set),
  ];
}

/** The limit is set by the node itself; where kube-proxy would write another one, it is told not to. */
function throughNodes(context: ArtefactContext, plan: LimitPlan, place: Place): Artefact[] {
  const { limit, nodes = [] } = context;
  const group = nodesOfGroup(context);
  const others = nodes.filter((node) => !group.includes(node));
  const because = [
    ...plan.because,
    ...(group.length === 0 ? [notWeighed(limit)] : costs(group, limit)),
  ];
  const files = nodeFiles({ nf_conntrack_max: limit }, context, { place, because });
  if (plan.userDataLasts || nodes.some(({ maxPerCore }) => maxPerCore === 0)) return files;
  const leave = kubeProxyConfigScript(
    {
      file: 'leave-limit-alone.sh',
      place,
      values: { maxPerCore: 0 },
      because: [
        `Together with the user data beside it, once that is on every node that is to have ${count(limit)}: kube-proxy then leaves the limit to the node.`,
        ...afterLeavingAlone(others),
      ],
    },
    context,
  );
  return [...files, leave];
}

function stopGap(context: ArtefactContext): Artefact {
  const group = nodesOfGroup(context);
  return sysctlDaemonSet(
    context,
    group.length === 0 ? [notWeighed(context.limit)] : costs(group, context.limit),
  );
}

/** What is said where no run tells which nodes there are. */
function notWeighed(limit: number): string {
  const full = tableBytes({}, limit);
  return `No run tells which nodes there are, so nothing is weighed: a full table of ${count(limit)} costs up to ${bytes(full)}, more than 5% of a node with less than ${bytes(full * 20)}. Give --from with a run.`;
}
