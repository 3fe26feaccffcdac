import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { awsClients, type AwsClients } from '../../lib/adapters/aws-clients.js';
import { EventBridgeAnnouncer } from '../../lib/adapters/event-bridge-announcer.js';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { S3History } from '../../lib/adapters/s3-history.js';
import { S3Ledger } from '../../lib/adapters/s3-ledger.js';
import { S3RunStore } from '../../lib/adapters/s3-run-store.js';
import { securityHubClient } from '../../lib/adapters/security-hub-client.js';
import { SecurityHubAnnouncer } from '../../lib/adapters/security-hub-announcer.js';
import { SnsAnnouncer } from '../../lib/adapters/sns-announcer.js';
import type { ClusterGlobs } from '../../lib/adapters/eks-clusters.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { auditFleet, type AuditDeps, type AuditSummary } from '../../lib/core/run/audit-fleet.js';
import type { Orchestrator } from '../../lib/core/run/ports.js';
import { wireAudit } from '../../lib/wire-audit.js';
import { PROBE_DOCUMENT } from '../../lib/simulator/built-in-documents.js';
import { BUCKET, TOPIC_ARN, type FakeAccount } from './fake-account.js';

/** Seconds between looks, as in the function. */
const WAITS = [10, 10, 15, 20, 25, 25, 20];
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const EVERY_CLUSTER: ClusterGlobs = { include: [], exclude: [] };

/** One audit of the fake account. */
export interface Asked {
  readonly runId: string;
  readonly clusters?: ClusterGlobs;
  /** The names of channels that are tried. @default - all of them */
  readonly channels?: readonly string[];
}

/** As much of a client as is needed to silence it. */
interface Guarded {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: object) => Promise<unknown>) => (args: object) => Promise<unknown>,
      options: { step: 'finalizeRequest'; priority: 'low'; name: string },
    ): void;
  };
}

/** The audit as the function wires it, with clients of its own, as in a process of its own. */
export class AuditProcess {
  private readonly clients: AwsClients;
  private readonly securityHub: SecurityHubClient;
  #dead = false;

  constructor(private readonly account: FakeAccount) {
    const options = {
      version: '0.0.0',
      endpoint: account.endpoint,
      region: REGION,
      credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
    };
    this.clients = awsClients(options);
    this.securityHub = securityHubClient(options);
    for (const client of Object.values({ ...this.clients, securityHub: this.securityHub })) {
      if (!('middlewareStack' in client)) continue;
      (client as unknown as Guarded).middlewareStack.add(
        (next) => (args) => (this.#dead ? new Promise(() => undefined) : next(args)),
        { step: 'finalizeRequest', priority: 'low', name: 'deadProcessesAskNothing' },
      );
    }
  }

  async deps({ runId, clusters = EVERY_CLUSTER, channels }: Asked): Promise<AuditDeps> {
    const { s3, sns, eventBridge } = this.clients;
    const place = { bucket: BUCKET, account: ACCOUNT, region: REGION };
    const store = new S3RunStore(s3, place, runId);
    const all = {
      topic: new SnsAnnouncer(sns, { topicArn: TOPIC_ARN, store }),
      events: new EventBridgeAnnouncer(eventBridge),
      'security-hub': new SecurityHubAnnouncer(this.securityHub, {
        account: ACCOUNT,
        partition: 'aws',
      }),
    };
    return wireAudit({
      clients: this.clients,
      clusters,
      accountId: ACCOUNT,
      documentName: PROBE_DOCUMENT,
      store,
      announcers: Object.fromEntries(
        Object.entries(all).filter(([name]) => channels?.includes(name) ?? true),
      ),
      ledgers: new S3Ledger(s3, place),
      recorders: { history: new S3History(s3, BUCKET, ACCOUNT) },
      policy: defaultPolicy,
      mutes: [],
      waits: WAITS,
    });
  }

  /** Audits in this process. */
  async audit(asked: Asked): Promise<AuditSummary> {
    const pause = (seconds: number) =>
      new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000));
    const orchestrator = new Stepping(new InlineOrchestrator(pause), this.account);
    return auditFleet(await this.deps(asked), orchestrator, asked.runId);
  }

  /** It asks nothing any more, and nobody hears how its work ends. */
  die(): void {
    this.#dead = true;
    this.clients.destroy();
    this.securityHub.destroy();
  }
}

/** Tells the account which step begins, so that a fault can wait for it. */
class Stepping implements Orchestrator {
  constructor(
    private readonly inner: Orchestrator,
    private readonly account: FakeAccount,
  ) {}

  step<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.inner.step(name, async () => {
      await this.account.order('step', name);
      return work();
    });
  }

  sleep(name: string, seconds: number): Promise<void> {
    return this.inner.sleep(name, seconds);
  }

  map<I, O>(
    name: string,
    items: readonly I[],
    work: (item: I, orchestrator: Orchestrator) => Promise<O>,
  ): Promise<O[]> {
    return this.inner.map(name, items, (item, inner) =>
      work(item, new Stepping(inner, this.account)),
    );
  }
}
