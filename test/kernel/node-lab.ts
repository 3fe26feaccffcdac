import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import type { ScriptResult } from '../../lib/simulator/ssm-agent.js';
import { Namespace } from './namespaces.js';

const traffic = (name: string) => fileURLToPath(new URL(`traffic/${name}.mjs`, import.meta.url));
const RUN_PROBE = fileURLToPath(new URL('run-probe.ts', import.meta.url));

/** Addresses of the lab: two pods, the cluster's DNS, and an address at which nobody answers. */
export const lab = {
  pods: ['10.77.1.11', '10.77.1.12'],
  world: '10.78.0.53',
  nobody: '10.78.0.99',
  nodeLocal: '169.254.20.10',
} as const;

/** Flows of one pod, by what becomes of them. */
export interface Traffic {
  readonly lookups?: readonly { from: string; to: string; count: number; answered?: boolean }[];
  readonly tcp?: readonly {
    from: string;
    to: string;
    held?: number;
    closed?: number;
    halfClosed?: number;
  }[];
}

/**
 * A node in three network namespaces: one for its pods, one for itself, which routes and tracks what
 * they send, and one for the rest of the world. Flows are real.
 */
export class NodeLab {
  readonly node = new Namespace('node');
  private readonly pods = new Namespace('pods');
  private readonly world = new Namespace('world');

  async open(): Promise<void> {
    this.connect(this.pods, 'pod0', 'pods0', '10.77.1.1/24');
    this.connect(this.world, 'far0', 'world0', '10.78.0.1/24');
    for (const address of lab.pods) this.pods.ip(`addr add ${address}/24 dev pod0`);
    this.pods.ip('route add default via 10.77.1.1');
    for (const address of [lab.world, lab.nobody]) this.world.ip(`addr add ${address}/24 dev far0`);
    this.world.ip('route add default via 10.78.0.1');
    this.world.run('nft', ['-f', '-'], mute);
    this.node.run('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
    // A rule that looks at the state of a flow is what makes the kernel track it.
    this.node.run('nft', ['-f', '-'], tracking);
    await this.world.start(traffic('world'), lab.world);
  }

  private connect(end: Namespace, device: string, here: string, address: string): void {
    this.node.ip(`link add ${here} type veth peer name ${device} netns ${end.name}`);
    this.node.ip(`addr add ${address} dev ${here}`);
    this.node.ip(`link set ${here} up`);
    end.ip(`link set ${device} up`);
  }

  /** Makes these flows, and keeps open what is held. */
  async send(flows: Traffic): Promise<void> {
    await this.pods.start(traffic('pods'), JSON.stringify(flows));
  }

  /** Ends what pods do, and forgets every flow. */
  async calm(): Promise<void> {
    await this.pods.stop();
    // The ends of what was open are flows too, for a moment.
    await setTimeout(1_000);
    this.node.run('conntrack', ['-F']);
  }

  /** Installs on the node what NodeLocal DNSCache installs: its interface, its rules, its cache. */
  async installNodeLocalDns(): Promise<void> {
    // Of another type than the real one, as not every kernel has it: what counts is its name.
    this.node.ip('link add nodelocaldns type veth peer name nodelocalpeer');
    this.node.ip(`addr add ${lab.nodeLocal}/32 dev nodelocaldns`);
    this.node.ip('link set nodelocaldns up');
    this.node.run('iptables-restore', ['-n'], notrack);
    await this.node.start(traffic('node-cache'), lab.nodeLocal, lab.world);
  }

  /** Runs the probe as the SSM agent would on this node. */
  probe(): { readonly facts: NodeFacts; readonly result: ScriptResult } {
    const printed = this.node.run(process.execPath, ['--import', 'tsx', RUN_PROBE]);
    const result = JSON.parse(printed) as ScriptResult;
    const facts = parseAnswer(result.pluginOutput);
    if (facts === undefined) throw new Error(`the probe gave no answer: ${result.pluginOutput}`);
    return { facts, result };
  }

  async close(): Promise<void> {
    for (const namespace of [this.pods, this.node, this.world]) await namespace.close();
  }
}

const tracking = `table inet lab {
 chain routed { type filter hook forward priority 0; ct state new counter; }
 chain own { type filter hook output priority 0; ct state new counter; }
 chain arriving { type filter hook input priority 0; ct state new counter; }
}
`;
const mute = `table inet lab { chain arriving { type filter hook input priority 0; ip daddr ${lab.nobody} drop; }; }\n`;

/** @see https://github.com/kubernetes/dns/blob/master/cmd/node-cache/app/cache_app.go */
const notrack = ['udp', 'tcp']
  .flatMap((protocol) => [
    `-A PREROUTING -d ${lab.nodeLocal}/32 -p ${protocol} -m ${protocol} --dport 53`,
    `-A OUTPUT -s ${lab.nodeLocal}/32 -p ${protocol} -m ${protocol} --sport 53`,
  ])
  .map((rule) => `${rule} -m comment --comment "NodeLocal DNS Cache: skip conntrack" -j NOTRACK`)
  .reduce((text, rule) => `${text}${rule}\n`, '*raw\n')
  .concat('COMMIT\n');
