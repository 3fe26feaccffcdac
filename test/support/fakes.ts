import { randomUUID } from 'node:crypto';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import type { AuditDeps } from '../../lib/core/run/audit-fleet.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Fleet } from '../../lib/core/node/fleet.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import type {
  Invocation,
  KnownNodes,
  NodeProbe,
  ReadCommand,
  RunningCommands,
  SentCommand,
} from '../../lib/core/run/ports.js';

/** What a fake node does when it is asked. Absent: it answers with an empty table. */
export type Reaction = Invocation | 'refused' | 'offline' | 'missing' | 'lost';

/** A whole answer of the probe with this table. */
export function answering(instanceId: string, entries: number, max: number): Invocation {
  const text = JSON.stringify({ v: 1, entries, max, hostNetwork: true, tableFull: { lines: 0 } });
  return { instanceId, status: 'answered', text };
}

/** Nodes that react as they are told, by instance id. */
export class FakeProbe implements NodeProbe {
  readonly sent: string[][] = [];
  looks = 0;

  constructor(
    private readonly ids: readonly string[],
    private readonly reactions: Readonly<Record<string, Reaction>> = {},
    /** How many looks find every command still running. */
    private readonly slow = 0,
  ) {}

  reachability(): Promise<KnownNodes> {
    const known = this.ids.filter((id) => this.reactions[id] !== 'missing');
    const online = (instanceId: string) => this.reactions[instanceId] !== 'offline';
    const nodes = known.map((instanceId) => ({ instanceId, online: online(instanceId) }));
    return Promise.resolve({ nodes });
  }

  send(instanceIds: readonly string[]): Promise<SentCommand> {
    const refused = instanceIds.filter((id) => this.reactions[id] === 'refused');
    const taken = instanceIds.filter((id) => !refused.includes(id));
    if (taken.length === 0) return Promise.resolve({ instanceIds: [], refused });
    this.sent.push(taken);
    const commandId = `command-${this.sent.length - 1}`;
    return Promise.resolve({ commandId, instanceIds: taken, refused });
  }

  running(commandIds: readonly string[]): Promise<RunningCommands> {
    this.looks += 1;
    return Promise.resolve({ running: this.looks <= this.slow ? [...commandIds] : [] });
  }

  read(_commandId: string, instanceIds: readonly string[]): Promise<ReadCommand> {
    const invocations = instanceIds.flatMap((id) => {
      const reaction = this.reactions[id] ?? answering(id, 100, 131_072);
      return typeof reaction === 'string' ? [] : [reaction];
    });
    return Promise.resolve({ invocations });
  }
}

/** One audit of a fake fleet: its parts, and what it told people. */
export function fakeAudit(fleet: Fleet, probe: FakeProbe, waits: readonly number[] = [1]) {
  const published: Digest[] = [];
  const store = new MemoryRunStore();
  const ledgers = new MemoryLedger();
  const deps: AuditDeps = {
    directory: {
      region: fleet.region,
      account: () => Promise.resolve(fleet.account),
      clusters: () => Promise.resolve({ clusters: fleet.clusters.map(({ name }) => name) }),
      describe: (names) =>
        Promise.resolve({ clusters: fleet.clusters.filter(({ name }) => names.includes(name)) }),
      nodes: () => Promise.resolve([...fleet.nodes]),
      shapes: () => Promise.resolve({ shapes: fleet.shapes }),
    },
    probe,
    store,
    announcers: {
      topic: {
        publish(digest) {
          published.push(digest);
          return Promise.resolve([]);
        },
      },
    },
    ledgers,
    holder: () => randomUUID(),
    recorders: {},
    mutes: [],
    catalogue,
    policy: defaultPolicy,
    now: () => '2026-11-23T08:00:00.000Z',
    waits,
  };
  const slept: number[] = [];
  const orchestrator = new InlineOrchestrator((seconds) => {
    slept.push(seconds);
    return Promise.resolve();
  });
  return { deps, orchestrator, published, store, ledgers, slept };
}
