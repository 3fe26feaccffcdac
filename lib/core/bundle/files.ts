/** Who makes support bundles: a script that people run, and the agent that answers a `NodeDiagnostic`. */
export type Collector = 'eks-log-collector' | 'node-monitoring-agent';

/** One file of a bundle that tells something, as both collectors name it. */
export interface BundleFile {
  /** Path within the bundle, after its first folder if it has one. */
  readonly path: RegExp;
  /** The version that first wrote it, of each collector; `undefined`: it writes none. */
  readonly since: Readonly<Record<Collector, string | undefined>>;
  /** What is missing without it, for people. Absent: others tell it too. */
  readonly tells?: string;
}

const both = (script: string, agent: string | undefined = '1.6.0') => ({
  'eks-log-collector': script,
  'node-monitoring-agent': agent,
});
const neither = { 'eks-log-collector': undefined, 'node-monitoring-agent': undefined };
const agentAlone = (agent: string) => ({
  'eks-log-collector': undefined,
  'node-monitoring-agent': agent,
});

/**
 * The files that are read. Versions are those of the sources: of the script 0.5.1 (2019) to 0.7.9, of the agent
 * 1.6.0, the first with open source, to 1.7.0. Files that others made are known by what they hold.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/log-collector-script/linux/eks-log-collector.sh
 * @see https://github.com/aws/eks-node-monitoring-agent/tree/main/pkg/log_collector/collect
 */
export const bundleFiles = {
  sysctl: {
    path: /^sysctls\/sysctl_all\.txt$/,
    since: both('0.5.1'),
    tells: 'limit, entries and timeouts (sysctl --all)',
  },
  conntrack: {
    path: /^networking\/conntrack\.txt$/,
    since: both('0.6.2'),
    tells: 'counters and the list of entries (conntrack -S, conntrack -L)',
  },
  /** Alone, as people save it. */
  counters: { path: /^networking\/conntrack_stats\.txt$/, since: neither },
  conntrack6: {
    path: /^networking\/conntrack6\.txt$/,
    since: both('0.7.6'),
    tells: 'the list of IPv6 entries (conntrack -L -f ipv6)',
  },
  dmesg: {
    path: /^kernel\/dmesg\.current$/,
    since: both('0.5.1'),
    tells: 'the kernel log (dmesg)',
  },
  dmesgBoot: { path: /^kernel\/dmesg\.boot$/, since: both('0.5.1') },
  uname: { path: /^kernel\/uname\.txt$/, since: both('0.5.1') },
  procstat: {
    path: /^system\/procstat\.txt$/,
    since: both('0.7.0'),
    tells: 'the number of CPUs (/proc/stat)',
  },
  top: { path: /^system\/top\.txt$/, since: both('0.5.1'), tells: 'memory and uptime (top)' },
  ps: { path: /^system\/ps\.txt$/, since: both('0.5.1'), tells: 'processes (ps)' },
  containers: { path: /^containerd\/containerd-containers\.txt$/, since: both('0.6.2') },
  tasks: { path: /^containerd\/containerd-tasks\.txt$/, since: both('0.6.2') },
  ethtool: {
    path: /^networking\/ethtool\.txt$/,
    since: both('0.7.5'),
    tells: 'what EC2 counts (ethtool -S)',
  },
  iptables: { path: /^networking\/iptables-save\.txt$/, since: both('0.5.1') },
  ip6tables: { path: /^networking\/ip6tables-save\.txt$/, since: both('0.7.6') },
  nftRaw: { path: /^networking\/nftables-ip-raw\.txt$/, since: agentAlone('1.6.0') },
  nftRaw6: { path: /^networking\/nftables-ip6-raw\.txt$/, since: agentAlone('1.6.0') },
  routes: {
    path: /^networking\/iproute\.txt$/,
    since: both('0.5.1'),
    tells: 'the addresses of the host (ip route)',
  },
  routes6: { path: /^networking\/ip6route\.txt$/, since: both('0.7.6') },
  ipam: {
    path: /^ipamd\/ipam[\w.-]*\.json$/,
    since: both('0.6.2'),
    tells: 'whose pod has which address (ipam.json of the VPC CNI)',
  },
  instanceId: { path: /^system\/instance-id\.txt$/, since: both('0.5.1') },
  region: { path: /^system\/region\.txt$/, since: both('0.7.3') },
  kubelet: { path: /^kubelet\/kubelet_service\.txt$/, since: both('0.5.2') },
  kubeconfig: { path: /^kubelet\/kubeconfig\.yaml$/, since: both('0.5.1') },
  kubeProxyLog: {
    path: /^(automode\/kube-proxy\.txt|var_log\/kube-proxy\.log|var_log\/kube-system_kube-proxy-[^/]+\/kube-proxy\/\d+\.log|var_log\/kube-proxy-[^/]+\.log)$/,
    since: both('0.5.1'),
  },
  parameters: { path: /^system\/script-params\.txt$/, since: both('0.5.1', undefined) },
  autoMode: { path: /^automode\/[\w.-]+\.txt$/, since: agentAlone('1.6.0') },
  bottlerocket: {
    path: /^bottlerocket\/application-inventory\.json$/,
    since: agentAlone('1.6.0'),
  },
} as const satisfies Readonly<Record<string, BundleFile>>;

export type BundleFileKind = keyof typeof bundleFiles;

const kinds = Object.keys(bundleFiles) as BundleFileKind[];

/**
 * What a file is by its path, and nothing if no collector names it so. A folder that somebody packed the bundle in is
 * looked through.
 */
export function kindOfPath(path: string): BundleFileKind | undefined {
  const inner = path.slice(path.indexOf('/') + 1);
  return [path, inner]
    .map((one) => kinds.find((kind) => bundleFiles[kind].path.test(one)))
    .find((kind) => kind !== undefined);
}

const contents: readonly (readonly [BundleFileKind, RegExp])[] = [
  ['sysctl', /^net\.netfilter\.nf_conntrack_\w+ = /],
  ['conntrack', /^(\*\*\* Output of conntrack -S|(ipv4 +2 +)?(tcp|udp) +\d+ .*\bsrc=)/],
  ['counters', /^cpu=\d+\s+\w+=\d/],
  ['conntrack6', /^(\*\*\* Output of conntrack -L -f ipv6|ipv6 +10 )/],
  ['dmesg', /^\[ *\d+\.\d{6}\] /],
  ['ps', /^USER +PID +%CPU .* COMMAND$/],
  ['ip6tables', /^# Generated by ip6tables-save /],
  ['iptables', /^# Generated by iptables-save /],
  ['top', /^top - \d\d:\d\d:\d\d /],
  ['uname', /^Linux \S+ \d+\.\d+\.\S+ #/],
  ['procstat', /^cpu {2}\d+ \d+ /],
  ['ethtool', /^Interface \S+$/],
];

/** What a file is by one of its lines, where its path does not say. */
export function kindOfLine(line: string): BundleFileKind | undefined {
  return contents.find(([, pattern]) => pattern.test(line))?.[0];
}
