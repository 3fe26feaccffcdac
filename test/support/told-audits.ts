import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import type { Digest } from '../../lib/core/ledger/digest.js';
import type { Ledger } from '../../lib/core/ledger/ledger.js';
import type { Fleet } from '../../lib/core/node/fleet.js';
import { auditFleet, type AuditDeps, type AuditSummary } from '../../lib/core/run/audit-fleet.js';
import type { Announcer, Orchestrator } from '../../lib/core/run/ports.js';
import { aFleet, aNode } from './a-node.js';
import { answering, fakeAudit, FakeProbe } from './fakes.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T08:00:00.000Z');

/** A channel that takes nothing. */
export const broken: Announcer = { publish: () => Promise.reject(new Error('no route to host')) };

const plain = new InlineOrchestrator(() => Promise.resolve());

/** An orchestrator that dies before or after the work of one step. */
export function dying(step: string, when: 'before' | 'after'): Orchestrator {
  return {
    sleep: () => Promise.resolve(),
    map: (name, items, work) => plain.map(name, items, work),
    async step(name, work) {
      if (name === step && when === 'before') throw new Error('died');
      const result = await work();
      if (name === step) throw new Error('died');
      return result;
    },
  };
}

/** What is different in one audit. */
export interface Different extends Partial<AuditDeps> {
  readonly orchestrator?: Orchestrator;
  /** Hours after the first audit. */
  readonly after?: number;
  /** Of 100, on each node. */
  readonly entries?: number;
  readonly of?: Fleet;
}

/** Audits one after the other, or at once, and what their channels heard. */
export class ToldAudits {
  readonly ledgers = new MemoryLedger();
  /** By channel: the run, its changes and its notes. */
  readonly heard: Record<string, string[]> = {};

  /** A channel that takes everything. */
  channel(name: string): Announcer {
    return {
      publish: ({ runId, transitions, notes }: Digest) => {
        const said = transitions.map(({ kind, finding }) => `${kind} ${finding.rule}`);
        (this.heard[name] ??= []).push([runId, ...said, ...notes].join(': '));
        return Promise.resolve([]);
      },
    };
  }

  audit(runId: string, different: Different = {}): Promise<AuditSummary> {
    const one = aFleet([aNode({}, { instanceId: 'i-1' }).node]);
    const { orchestrator = plain, after = 0, entries = 80, of = one, ...parts } = different;
    const ids = of.nodes.map(({ instanceId }) => instanceId);
    const answers = Object.fromEntries(ids.map((id) => [id, answering(id, entries, 100)]));
    const { deps } = fakeAudit(of, new FakeProbe(ids, answers));
    const { ledgers } = this;
    const now = () => new Date(START + after * HOUR).toISOString();
    const announcers = { topic: this.channel('topic') };
    const all = { ...deps, ledgers, store: new MemoryRunStore(), announcers, now, ...parts };
    return auditFleet(all, orchestrator, runId);
  }

  async ledger(): Promise<Ledger> {
    return JSON.parse((await this.ledgers.read())?.text ?? '') as Ledger;
  }
}
