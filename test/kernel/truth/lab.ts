import { setTimeout } from 'node:timers/promises';
import { Namespace } from '../namespaces.js';
import { addresses, LabNode } from './lab-node.js';
import { program, type Load, type Pod } from './pod.js';

/** The ends of what was open are flows too, for a moment. */
const CALM_MS = 1_000;

/** What the pods do: a pod that comes twice does both. */
export type Work = readonly { readonly pod: Pod; readonly loads: readonly Load[] }[];

/** Nodes, and the world that they are in: the cluster's DNS, and a server on port 443. */
export class Lab {
  readonly nodes: LabNode[] = [];
  readonly world: Namespace;

  constructor(private readonly name: string) {
    this.world = new Namespace(`${name}-world`);
  }

  async open(nodes: number): Promise<void> {
    this.world.run('sysctl', ['-qw', 'net.ipv4.ip_forward=1']);
    this.world.ip(`addr add ${addresses.coreDns}/32 dev lo`);
    for (let index = 1; index <= nodes; index += 1) {
      this.nodes.push(new LabNode(this.name, index, this.world));
    }
    await this.world.start(program('dns'), addresses.coreDns);
    await this.world.start(program('serve'), addresses.coreDns);
  }

  get node(): LabNode {
    const [first] = this.nodes;
    if (first === undefined) throw new Error(`lab ${this.name} has no node`);
    return first;
  }

  async begin(work: Work): Promise<void> {
    for (const { pod, loads } of work) await pod.begin(loads);
  }

  /** Ends what pods do, and forgets every flow: what begins now is not mixed with what was before. */
  async calm(): Promise<void> {
    const pods = this.nodes.flatMap((node) => node.pods);
    for (const pod of pods) await pod.stop();
    await setTimeout(CALM_MS);
    for (const { network } of this.nodes) network.run('conntrack', ['-F']);
  }

  async close(): Promise<void> {
    for (const part of [...this.nodes, this.world]) await part.close();
  }
}
