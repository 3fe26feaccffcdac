import { present } from '../text/present.js';
import { groupsOf } from './groups.js';
import { proxyModes } from '../node/fleet.js';

/** What processes, containers and logs say of kube-proxy, of the policy agent and of the kubelet. */
export interface Processes {
  /** Whether the list shows the host's own processes, from the first on. */
  hasHead: boolean;
  hasInit: boolean;
  kubeProxies: number;
  hasCilium: boolean;
  /** Arguments of AWS's network policy agent. */
  policyAgent?: string;
  /** `name=value` of the kubelet's `--node-labels`. */
  readonly labels: Map<string, string>;
  /** Ids of containers that run. */
  readonly running: Set<string>;
  /** Tags of kube-proxy's images, by container. */
  readonly proxyTags: Map<string, string>;
  hasPolicyImage: boolean;
  /** By kube-proxy's log: of its last start. */
  loggedVersion?: string;
  loggedMode?: string;
  hasProxyLog: boolean;
}

/** More containers than a node has. */
const MOST_CONTAINERS = 10_000;

export function newProcesses(): Processes {
  return {
    ...{ hasHead: false, hasInit: false, kubeProxies: 0, hasCilium: false },
    ...{ hasPolicyImage: false, hasProxyLog: false },
    labels: new Map(),
    running: new Set(),
    proxyTags: new Map(),
  };
}

const row = /^\S+ +(\d{1,10})(?: +\S+){8} +(?:[|\\ _]* )?(\S.*)$/;

/** Takes a line of `ps fauxwww`, whose last column is a command with its arguments, behind its place in the tree. */
export function takeProcess(found: Processes, line: string): void {
  const text = line.slice(0, 16_000);
  if (/^USER +PID /.test(text)) found.hasHead = true;
  const [pid, command] = [1, 2].map(groupsOf(row, text));
  if (pid === '2' && command === '[kthreadd]') found.hasInit = true;
  takeCommand(found, command ?? '');
}

function takeCommand(found: Processes, command: string): void {
  const program = groupsOf(
    /^(\S*)/,
    command,
  )(1)
    .split('/')
    .at(-1);
  if (program === 'kube-proxy') found.kubeProxies += 1;
  if (program === 'cilium-agent') found.hasCilium = true;
  if (program === 'kubelet') takeLabels(found, command);
  const isPolicy = program === 'controller' && / --enable-network-policy\b/.test(command);
  if (isPolicy) found.policyAgent ??= command;
}

/** Takes labels out of `--node-labels=a=b,c=d`, wherever a kubelet's arguments stand. */
export function takeLabels(found: Processes, line: string): void {
  const [, list = ''] = /--node-labels[= ]"?([\w./,=-]{1,4000})/.exec(line.slice(0, 16_000)) ?? [];
  for (const label of list.split(',')) {
    const [name = '', value = ''] = label.split('=', 2);
    if (name !== '' && found.labels.size < 200) found.labels.set(name, value);
  }
}

/** Takes a line of `ctr containers list`: `CONTAINER    IMAGE    RUNTIME`. */
export function takeContainer(found: Processes, line: string): void {
  const [id = '', image = ''] = line.slice(0, 1_000).split(/\s+/);
  const name = image.replace(/@.*/, '');
  if (/\/aws-network-policy-agent:/.test(name)) found.hasPolicyImage = true;
  const [, tag] = /\/kube-proxy:(v?\d+\.\d[\w.-]*)$/.exec(name) ?? [];
  if (tag !== undefined && found.proxyTags.size < MOST_CONTAINERS) found.proxyTags.set(id, tag);
}

/** Takes a line of `ctr tasks list`: `TASK    PID    STATUS`. */
export function takeTask(found: Processes, line: string): void {
  const [id = '', , status] = line.slice(0, 1_000).split(/\s+/);
  if (status === 'RUNNING' && found.running.size < MOST_CONTAINERS) found.running.add(id);
}

/** Takes a line of kube-proxy's log. */
export function takeProxyLog(found: Processes, line: string): void {
  found.hasProxyLog = true;
  const text = line.slice(0, 1_000);
  const [, version] = /"Version info" version="(v1\.[\w.+-]{1,60})"/.exec(text) ?? [];
  if (version !== undefined) found.loggedVersion = version;
  const [, mode] = /"Using (\w{3,10}) Proxier"/.exec(text) ?? [];
  if (mode !== undefined) found.loggedMode = mode;
}

/** The `kubeProxy` of an answer. Its configuration is in no bundle. */
export function kubeProxyOf(found: Processes): unknown {
  const tag = tagOf(found) ?? found.loggedVersion;
  const mode = proxyModes.find((known) => known === found.loggedMode);
  if (found.kubeProxies > 0 || aliveTags(found).length > 0) {
    return present({ running: true, tag, mode });
  }
  // A pod between two starts leaves its log and its container.
  const isCertain = found.hasHead && found.hasInit && !found.hasProxyLog && tag === undefined;
  return isCertain ? { running: false, ...(found.hasCilium && { cilium: true }) } : undefined;
}

/** Of the container that runs; of any where nothing says which does and all are alike. */
function tagOf(found: Processes): string | undefined {
  const isTold = found.running.size > 0;
  const different = new Set(isTold ? aliveTags(found) : found.proxyTags.values());
  return different.size === 1 ? [...different][0] : undefined;
}

function aliveTags({ proxyTags, running }: Processes): string[] {
  return [...proxyTags].filter(([id]) => running.has(id)).map(([, tag]) => tag);
}

/** The `policyAgent` of an answer: any process may take its name, and no other its image. */
export function policyAgentOf({ policyAgent, hasPolicyImage }: Processes): unknown {
  if (policyAgent === undefined || !hasPolicyImage) return undefined;
  const [, size] = /--conntrack-cache-table-size[= ](\d{1,10})\b/.exec(policyAgent) ?? [];
  const enabled = / --enable-network-policy(=([tT]|true|TRUE|True|1))?( |$)/.test(policyAgent);
  return { enabled, ...(size !== undefined && { tableSize: Number(size) }) };
}
