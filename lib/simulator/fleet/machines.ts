import { findShape } from '../../core/limit/instance-shapes.js';
import { kernelDefault } from '../../core/limit/kernel-default.js';
import type { Machine } from '../machine.js';
import { digits } from './digits.js';
import { ordinaryNetwork } from './network.js';
import type { ClusterPlan, GroupPlan } from './plan.js';
import { ordinaryTraffic } from './traffic.js';

const KIB_PER_MIB = 1024;
const DAY = 86_400;

/** The host of the node at `index` of a group, healthy but for what its group plans. */
export function ordinaryMachine(cluster: ClusterPlan, group: GroupPlan, index: number): Machine {
  const shape = findShape(group.instanceType);
  if (shape === undefined) throw new Error(`no shape of instance type '${group.instanceType}'`);
  const { kernel, dmesg, ...os } = group.os ?? cluster.os;
  const memTotalKiB = usableKiB(shape.memoryMiB);
  const uptimeSeconds = 2 * DAY + ((index * 11) % 31) * DAY + index * 137 + 0.42;
  const entries = Math.round(group.max * usageAt(group, index));
  const { pods, ...addresses } = ordinaryNetwork(cluster, group, index);
  const cpus = cpusOf(group, shape.vcpus);
  const contained = isContained(group, os.id);
  return {
    conntrack: {
      entries,
      max: group.max,
      buckets: Math.max(kernelDefault(memTotalKiB * 1024, kernel).buckets, group.max / 4),
      counters: ordinaryCounters(cpus.vcpus, index),
      timeouts: timeouts(cluster, os.id),
      entryBytes: kernel.startsWith('5.') ? 320 : 256,
      later: { seconds: 2.04, entries: (index % 3) - 1, counters: { invalid: index % 4 } },
      ...(contained ? {} : { traffic: ordinaryTraffic(cluster, pods) }),
    },
    memTotalKiB,
    memAvailableKiB: Math.round(memTotalKiB * 0.55),
    ...cpus,
    kernel,
    os,
    bootId: uuid(`${cluster.name}/${group.name}/${index}`),
    uptimeSeconds,
    ...addresses,
    ...(cluster.nodeLocalDns === true ? { nodeLocalDns: nodeLocalDns(contained) } : {}),
    ...(contained ? {} : { kubeProxy: kubeProxy(cluster), pods }),
    ...(contained || shape.hypervisor !== 'nitro' ? {} : { ena: ena(cpus.vcpus, entries) }),
    ...(dmesg ? { kernelLog: bootLines(kernel) } : {}),
  };
}

/**
 * Systems Manager's container on Bottlerocket sees the host's network and none of its files, processes or tools. The agent
 * of EKS Auto Mode sees the host.
 */
function isContained({ kind }: GroupPlan, os: string): boolean {
  return os === 'bottlerocket' && kind !== 'auto-mode';
}

/** Without SMT half of what EC2 sells is there. */
function cpusOf({ threadsPerCore }: GroupPlan, sold: number) {
  const vcpus = threadsPerCore === 1 ? sold / 2 : sold;
  return { vcpus, ...(threadsPerCore === undefined ? {} : { threadsPerCore }) };
}

/** NodeLocal DNSCache at work. */
function nodeLocalDns(contained: boolean): NonNullable<Machine['nodeLocalDns']> {
  return contained ? {} : { rules: true, packets: 8_410_277 };
}

/** Two interfaces on which no limit was ever met. How much EC2 tracks is not published: a house guess. */
function ena(vcpus: number, entries: number): NonNullable<Machine['ena']> {
  return { interfaces: 2, available: vcpus * 200_000 - entries };
}

/** kube-proxy with the conntrack block that EKS ships. */
function kubeProxy(cluster: ClusterPlan): NonNullable<Machine['kubeProxy']> {
  const { kubeProxyTag: tag, proxyMode: mode } = cluster;
  return { tag, maxPerCore: 32_768, min: 131_072, ...(mode === undefined ? {} : { mode }) };
}

/** Usable memory: what EC2 sells without the part of kernel and firmware. */
function usableKiB(nominalMiB: number): number {
  return Math.round((nominalMiB * 0.97 - 180) * KIB_PER_MIB);
}

/** Spreads usages over a group, not in order, from exactly the lowest to exactly the highest. */
function usageAt({ usage: [low, high], count }: GroupPlan, index: number): number {
  if (count < 2) return high;
  const order = (index * stride(count)) % count;
  return low + ((high - low) * order) / (count - 1);
}

/** A step that visits every place of a ring of `count` once. */
function stride(count: number): number {
  return [7, 5, 3].find((step) => count % step !== 0) ?? 1;
}

/** Small numbers that every busy node has: a few packets out of order, a few lost races. */
function ordinaryCounters(vcpus: number, index: number) {
  const perCpu = (each: (cpu: number) => number) =>
    Array.from({ length: vcpus }, (_, cpu) => each(cpu));
  return {
    found: perCpu((cpu) => 900 + index * 13 + cpu * 7),
    invalid: perCpu((cpu) => 4_000 + index * 31 + cpu * 17),
    insert_failed: perCpu((cpu) => (index + cpu) % 3),
  };
}

/** Those of the kernel, but for the first two, which kube-proxy writes. */
function timeouts({ establishedSeconds }: ClusterPlan, os: string): Record<string, number> {
  return {
    tcp_timeout_established: establishedSeconds,
    tcp_timeout_close_wait: 3_600,
    tcp_timeout_time_wait: 120,
    tcp_timeout_syn_sent: 120,
    tcp_timeout_syn_recv: 60,
    tcp_timeout_fin_wait: 120,
    tcp_timeout_last_ack: 30,
    tcp_timeout_close: 10,
    tcp_timeout_max_retrans: 300,
    tcp_timeout_unacknowledged: 300,
    udp_timeout: 30,
    udp_timeout_stream: 120,
    generic_timeout: os === 'bottlerocket' ? 120 : 600,
  };
}

function bootLines(kernel: string): string[] {
  return [
    `[    0.000000] Linux version ${kernel}`,
    '[    4.117893] systemd[1]: Detected virtualization amazon.',
    '[   21.530118] IPVS: Registered protocols (TCP, UDP, SCTP, AH, ESP)',
  ];
}

function uuid(name: string): string {
  const hex = digits(`boot of ${name}`, 32);
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5').slice(0, 36);
}
