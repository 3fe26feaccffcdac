import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Namespace } from '../namespaces.js';

/** Where `ip netns exec` finds files that a namespace has for itself. @see ip-netns(8) */
export const OWN_FILES = '/etc/netns';

/** The search list of a pod in namespace `default` of a cluster of EKS in us-east-1. */
const SEARCH = 'default.svc.cluster.local svc.cluster.local cluster.local ec2.internal';

/** What kubelet writes for a pod. */
const OPTIONS = 'ndots:5';

/** Each port once, as far as there are ports: what uses one again shares the entry that was there. */
const PORTS = '1024 65535';

export const program = (name: string) =>
  fileURLToPath(new URL(`traffic/${name}.mjs`, import.meta.url));

/** A program of a pod: what it does is in its plan. */
export interface Load {
  readonly program: 'resolve' | 'ask' | 'connect';
  readonly plan: Readonly<Record<string, unknown>>;
}

/** A pod: its network namespace, its address, and its resolv.conf. */
export class Pod extends Namespace {
  private options = OPTIONS;

  constructor(
    part: string,
    readonly address: string,
    private readonly nameserver: string,
  ) {
    super(part);
    this.run('sysctl', ['-qw', `net.ipv4.ip_local_port_range=${PORTS}`]);
  }

  /** Sets the options of its resolver, for programs that start from now on. */
  resolveWith(options: string): void {
    this.options = options;
  }

  async begin(loads: readonly Load[]): Promise<void> {
    const folder = `${OWN_FILES}/${this.name}`;
    mkdirSync(folder, { recursive: true });
    const lines = [`nameserver ${this.nameserver}`, `search ${SEARCH}`, `options ${this.options}`];
    writeFileSync(`${folder}/resolv.conf`, `${lines.join('\n')}\n`);
    for (const load of loads) await this.start(program(load.program), JSON.stringify(load.plan));
  }

  override async close(): Promise<void> {
    await super.close();
    rmSync(`${OWN_FILES}/${this.name}`, { recursive: true, force: true });
  }
}
