import { setTimeout } from 'node:timers/promises';
import { parseAnswer } from '../../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { PROBE } from '../../support/probe.js';
import { Namespace } from '../namespaces.js';
import { Pod, program } from './pod.js';

/** Addresses of the lab. */
export const addresses = {
  /** ClusterIP of kube-dns, which the node turns into that of CoreDNS. */
  clusterIp: '10.96.0.10',
  coreDns: '10.78.0.53',
  nodeLocal: '169.254.20.10',
} as const;

/** The timeouts of a node of EKS: the kernel's, and the two that kube-proxy writes. */
export const nodeTimeouts = {
  tcp_timeout_established: 86_400,
  tcp_timeout_close_wait: 3_600,
  tcp_timeout_time_wait: 120,
  udp_timeout: 30,
  udp_timeout_stream: 120,
};
export type Timeouts = Partial<typeof nodeTimeouts>;

/** Readings of live entries that are averaged, and the pause before each. */
const READINGS = 8;
const PAUSE_MS = 400;

export interface Entries {
  /** Entries that have not expired, on average. */
  readonly live: number;
  /** Entries that have expired and that the kernel had not collected yet, at the first reading. */
  readonly uncollected: number;
}

/** A node: it routes what its pods send, and tracks it. */
export class LabNode {
  readonly network: Namespace;
  readonly pods: Pod[] = [];

  constructor(
    private readonly lab: string,
    private readonly index: number,
    private readonly world: Namespace,
  ) {
    this.network = new Namespace(`${lab}-node${index}`);
    const [here, there] = [`10.78.${index}.1`, `10.78.${index}.2`];
    this.cable('world', world, `node${index}`, here, there);
    this.network.ip(`route add default via ${there}`);
    world.ip(`route add 10.77.${index}.0/24 via ${here}`);
    this.network.run('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
    this.network.run('nft', ['-f', '-'], rules);
    this.set(nodeTimeouts);
  }

  private cable(device: string, end: Namespace, its: string, here: string, there: string): void {
    this.network.ip(`link add ${device} type veth peer name ${its} netns ${end.name}`);
    this.network.ip(`addr add ${here}/30 dev ${device}`);
    this.network.ip(`link set ${device} up`);
    end.ip(`addr add ${there}/30 dev ${its}`);
    end.ip(`link set ${its} up`);
  }

  addPod(): Pod {
    const at = this.pods.length;
    const address = (last: number) => `10.77.${this.index}.${4 * at + last}`;
    const name = `${this.lab}-pod${this.index}${at}`;
    const pod = new Pod(name, address(2), addresses.clusterIp);
    this.pods.push(pod);
    this.cable(`pod${at}`, pod, 'eth0', address(1), address(2));
    pod.ip(`route add default via ${address(1)}`);
    return pod;
  }

  set(timeouts: Timeouts): void {
    const settings = Object.entries(timeouts).map(
      ([name, seconds]) => `net.netfilter.nf_conntrack_${name}=${seconds}`,
    );
    this.network.run('sysctl', ['-qw', ...settings]);
  }

  /** Installs on the node what NodeLocal DNSCache installs: its interface, its rules, its cache. */
  async installNodeLocalDns(): Promise<void> {
    const own = [addresses.nodeLocal, addresses.clusterIp];
    // Of another type than the real one, as not every kernel has it: what counts is its name.
    this.network.ip('link add nodelocaldns type veth peer name nodelocalpeer');
    for (const address of own) this.network.ip(`addr add ${address}/32 dev nodelocaldns`);
    this.network.ip('link set nodelocaldns up');
    this.network.run('iptables-restore', ['-n'], notrack(own));
    await this.network.start(program('node-cache'), addresses.coreDns, ...own);
  }

  /**
   * The live entries, averaged over some seconds. What has expired stays in the count until the kernel
   * collects it, and listing collects it as well; the list holds live entries alone.
   *
   * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_netlink.c
   */
  async entries(): Promise<Entries> {
    let sum = 0;
    let uncollected = 0;
    for (let reading = 0; reading < READINGS; reading += 1) {
      const counted = Number(
        await this.network.ask('cat', '/proc/sys/net/netfilter/nf_conntrack_count'),
      );
      const listed = (await this.network.ask('conntrack', '-L')).split('\n').length - 1;
      if (reading === 0) uncollected = Math.max(0, counted - listed);
      sum += listed;
      await setTimeout(PAUSE_MS);
    }
    for (const namespace of [this.world, this.network, ...this.pods]) namespace.check();
    return { live: sum / READINGS, uncollected };
  }

  /** What the real probe reads here, with the live entries in place of the count. */
  async probe(): Promise<NodeFacts> {
    // How soon the kernel collects what has expired depends on what this host did before.
    await this.network.ask('conntrack', '-L');
    const answer = await this.network.ask('sh', PROBE);
    // The kernel log is that of every suite before, and numbers of namespaces are used again.
    const { tableFull: _, ...facts } = parseAnswer(answer) ?? {};
    const { table, makeup } = facts;
    if (table === undefined || makeup?.whole !== true) {
      throw new Error(`the probe did not list every entry: ${answer}`);
    }
    return { ...facts, table: { ...table, entries: makeup.listed } };
  }

  async close(): Promise<void> {
    for (const namespace of [...this.pods, this.network]) await namespace.close();
  }
}

/**
 * A ClusterIP as kube-proxy makes it, and its rule that drops what belongs to no flow. A rule that looks
 * at the state of a flow makes the kernel track it.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/proxy/iptables/proxier.go
 */
const rules = `table ip lab {
 chain services { type nat hook prerouting priority dstnat; ip daddr ${addresses.clusterIp} dnat to ${addresses.coreDns}; }
 chain routed { type filter hook forward priority 0; ct state invalid drop; }
 chain own { type filter hook output priority 0; ct state new counter; }
 chain arriving { type filter hook input priority 0; ct state new counter; }
}
`;

/** @see https://github.com/kubernetes/dns/blob/master/cmd/node-cache/app/cache_app.go */
function notrack(own: readonly string[]): string {
  const comment = '-m comment --comment "NodeLocal DNS Cache: skip conntrack" -j NOTRACK';
  const lines = own.flatMap((address) =>
    ['udp', 'tcp'].flatMap((protocol) => [
      `-A PREROUTING -d ${address}/32 -p ${protocol} -m ${protocol} --dport 53 ${comment}`,
      `-A OUTPUT -s ${address}/32 -p ${protocol} -m ${protocol} --sport 53 ${comment}`,
    ]),
  );
  return `*raw\n${lines.join('\n')}\nCOMMIT\n`;
}
