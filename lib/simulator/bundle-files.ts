import { bundleName } from './bundle-names.js';
import type { SimulatedNode } from './fleet.js';
import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/** What other programs say of a host, which a bundle holds as they said it. */
export interface Said {
  /** `conntrack -L`. */
  readonly entries: string;
  /** `ethtool -S` of each interface, by its name. */
  readonly ethtool: Readonly<Record<string, string>>;
}

/**
 * The files of a `NodeDiagnostic` of a node of EKS Auto Mode, as far as an audit reads them: where the node monitoring
 * agent puts them, and with its own headings. The VPC CNI's allocations are not among them: its agent is no pod there,
 * and nobody says where it keeps them.
 *
 * @see https://github.com/aws/eks-node-monitoring-agent/tree/main/pkg/log_collector/collect
 */
export function bundleFiles(node: SimulatedNode, region: string, said: Said): TreeFiles {
  const { instanceId, instanceType, machine } = node;
  return {
    'system/instance-id.txt': `${instanceId}\n`,
    'system/region.txt': `${region}\n`,
    'system/procstat.txt': procStat(machine),
    'system/top.txt': top(machine),
    'system/ps.txt': processes(node),
    'sysctls/sysctl_all.txt': settings(node),
    'kernel/uname.txt': uname(node),
    'kernel/dmesg.current': log(machine, instanceType),
    'networking/conntrack.txt': conntrack(machine, said.entries),
    'networking/conntrack6.txt': '*** Output of conntrack -L -f ipv6 ***\n',
    'networking/ethtool.txt': ethtool(said.ethtool),
    'networking/iproute.txt': routes(machine),
    'networking/ip6route.txt': 'local ::1 dev lo table local proto kernel metric 0 pref medium\n',
    ...(machine.kubeProxy && { 'automode/kube-proxy.txt': journal(machine.kubeProxy) }),
    'bottlerocket/application-inventory.json': '{"Content":[]}\n',
  };
}

function settings({ machine, instanceId }: SimulatedNode): string {
  const { conntrack, kernel, bootId } = machine;
  const { timeouts = {}, entries, max, buckets } = conntrack ?? {};
  const table = { count: entries, max, buckets, ...timeouts };
  const known = Object.entries(table).filter(([, value]) => value !== undefined);
  const lines = [
    `kernel.hostname = ${instanceId}`,
    `kernel.osrelease = ${kernel}`,
    `kernel.random.boot_id = ${bootId}`,
    ...known.map(([name, value]) => `net.netfilter.nf_conntrack_${name} = ${String(value)}`),
    ...(max === undefined ? [] : [`net.nf_conntrack_max = ${max}`]),
  ];
  return text(lines);
}

/** As conntrack(8) 1.4.7 prints them, a line for each CPU. */
function conntrack({ conntrack, vcpus }: Machine, entries: string): string {
  const { counters = {} } = conntrack ?? {};
  const names = Object.keys(counters).filter((name) => bundleName(name) !== undefined);
  const rows = Array.from({ length: vcpus }, (_, cpu) => {
    const counts = names.map((name) => `${bundleName(name) ?? ''}=${counters[name]?.[cpu] ?? 0}`);
    return `cpu=${cpu}   \t${counts.join(' ')} `;
  });
  const heads = ['*** Output of conntrack -S ***', ...rows, '*** Output of conntrack -L ***'];
  return text(heads) + entries;
}

/** A head in the agent's own words: it has no `top` to run. */
function top({ memTotalKiB, memAvailableKiB, uptimeSeconds }: Machine): string {
  const minutes = Math.floor(uptimeSeconds / 60);
  const [days, hours, rest] = [
    Math.floor(minutes / 1_440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  const up = `${days} days, ${two(hours)}:${two(rest)}`;
  return text([
    `top - 16:49:49  ${up}, load average: 0.23, 0.05, 0.02`,
    `KiB Mem : ${memTotalKiB} Total, ${memAvailableKiB} free, ${memTotalKiB - memAvailableKiB} used, 0 buffers/cache`,
    'KiB Swap: 0 total, 0 free, 0 used.',
  ]);
}

function procStat({ vcpus }: Machine): string {
  const cpus = Array.from({ length: vcpus }, (_, cpu) => `cpu${cpu} 1 0 1 9 0 0 0 0 0 0`);
  return text(['cpu  2 0 2 18 0 0 0 0 0 0', ...cpus]);
}

function processes({ machine, tags }: SimulatedNode): string {
  const pool = tags['eks:kubernetes-node-pool-name'] ?? '';
  const row = (pid: number, command: string) =>
    `root     ${String(pid).padStart(7)}  0.0  0.1  12345  6789 ?        Ss   Nov20   0:01 ${command}`;
  return text([
    'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
    row(2, '[kthreadd]'),
    row(1, '/sbin/init systemd.log_target=journal-or-kmsg'),
    row(
      1_204,
      `/usr/bin/kubelet --node-labels=eks.amazonaws.com/compute-type=auto,karpenter.sh/nodepool=${pool}`,
    ),
    ...(machine.kubeProxy
      ? [row(1_377, '/usr/bin/kube-proxy --config=/etc/kubernetes/kube-proxy/config')]
      : []),
  ]);
}

function uname({ machine, instanceId }: SimulatedNode): string {
  return `Linux ${instanceId} ${machine.kernel} #1 SMP PREEMPT_DYNAMIC aarch64 GNU/Linux\n`;
}

function log({ kernel, kernelLog = [] }: Machine, instanceType: string): string {
  return text([
    `[    0.000000] Linux version ${kernel} (builder@buildkitsandbox) #1 SMP PREEMPT_DYNAMIC`,
    `[    0.000000] DMI: Amazon EC2 ${instanceType}/, BIOS 1.0 11/1/2018`,
    ...kernelLog,
  ]);
}

function ethtool(interfaces: Said['ethtool']): string {
  const all = [['lo', 'no stats available\n'] as const, ...Object.entries(interfaces)];
  return all.map(([name, said]) => `Interface ${name}\n${said}\n`).join('');
}

function routes({ hostAddress }: Machine): string {
  const loopback = 'local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1';
  const own = `local ${hostAddress ?? ''} dev eth0 table local proto kernel scope host src ${hostAddress ?? ''}`;
  return text(hostAddress === undefined ? [loopback] : [loopback, own]);
}

/** As `journalctl -o short-iso-precise` prints kube-proxy's start. */
function journal({ tag, mode = 'iptables' }: NonNullable<Machine['kubeProxy']>): string {
  const at = '2026-11-20T08:15:42.000000+0000 ip-10-0-1-23 kube-proxy[1377]:';
  const version = tag.replace(/-.*/, '');
  return text([
    `${at} I1120 08:15:42.000000    1377 server_linux.go:132] "Using ${mode} Proxier"`,
    `${at} I1120 08:15:42.000000    1377 server.go:483] "Version info" version="${version}-eks-99d6cc0"`,
  ]);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
