import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { awsClients } from '../lib/adapters/aws-clients.js';
import { DurableOrchestrator } from '../lib/adapters/durable-orchestrator.js';
import { failedChannelsLine } from '../lib/adapters/emf-failed-channels.js';
import { EmfRecorder } from '../lib/adapters/emf-recorder.js';
import { EventBridgeAnnouncer } from '../lib/adapters/event-bridge-announcer.js';
import { InlineOrchestrator } from '../lib/adapters/inline-orchestrator.js';
import { S3Bundles } from '../lib/adapters/s3-bundles.js';
import { S3History } from '../lib/adapters/s3-history.js';
import { S3Ledger } from '../lib/adapters/s3-ledger.js';
import { S3Part } from '../lib/adapters/s3-parts.js';
import { S3RunStore } from '../lib/adapters/s3-run-store.js';
import { regionOfTopic, SnsAnnouncer } from '../lib/adapters/sns-announcer.js';
import { auditFleet, type AuditSummary } from '../lib/core/run/audit-fleet.js';
import type { Announcer, Orchestrator, Recorder, RunStore } from '../lib/core/run/ports.js';
import { testDigest } from '../lib/core/render/test-digest.js';
import { present } from '../lib/core/text/present.js';
import { PAGE_KEY } from '../lib/core/text/run-key.js';
import { newRunId, tickRunId } from '../lib/run-id.js';
import { auditEnv, readEnv, requestSeconds } from '../lib/env.js';
import { VERSION } from '../lib/version.js';
import { wireAudit } from '../lib/wire-audit.js';

const env = readEnv(auditEnv, process.env);
const limit = present({ version: VERSION, requestSeconds: requestSeconds(process.env) });
const clients = awsClients(limit);
// A central topic may be in another Region, and takes publications only there.
const topicClients = awsClients({ ...limit, region: regionOfTopic(env.TOPIC_ARN) });
const securityHub = env.SECURITY_HUB ? await securityHubOf(env) : undefined;
// So may the bucket of a hub be.
const { s3 } = awsClients({ ...limit, region: env.BUCKET_REGION });
const recordersFor = (store: RunStore): Readonly<Record<string, Recorder>> => ({
  history: new S3History(s3, env.BUCKET_NAME, env.ACCOUNT_ID),
  ...(env.HUB_CADENCE !== undefined && { hub: new S3Part(s3, env.BUCKET_NAME, store) }),
  // Lambda hands log lines of this format to CloudWatch as metrics.
  ...(env.METRICS && {
    metrics: new EmfRecorder((line) => process.stdout.write(`${line}\n`)),
  }),
});

/**
 * Seconds between looks at the commands. Their sum is more than the 120 that a command may live:
 * 60 to be picked up and 60 to run.
 */
const WAITS = [10, 10, 15, 20, 25, 25, 20];

/** What the schedule sends. A person who invokes the function by hand may send `{}`. */
export interface ScheduledAudit {
  /** ISO 8601, UTC: the time of the tick, which names the run. Absent: a new name. */
  readonly scheduledTime?: string;
  /** Sends a made-up finding to the topic and the bus, to see whether it arrives; audits nothing. */
  readonly test?: boolean;
}

/** The answer to a test. */
export interface TryOut extends Pick<AuditSummary, 'runId' | 'location'> {
  readonly test: true;
}

/**
 * Lambda starts Node with `--expose-gc`. Used thrice in an audit, 10,000 nodes take 35 MB less (`npm run bench:fleet`);
 * without it V8 collects when it likes.
 *
 * @see https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
const collect = present({ collect: globalThis.gc });

async function audit(
  event: ScheduledAudit,
  orchestrator: Orchestrator,
): Promise<AuditSummary | TryOut> {
  const { scheduledTime } = event;
  const runId =
    scheduledTime === undefined
      ? await orchestrator.step('name', () => Promise.resolve(newRunId()))
      : tickRunId(scheduledTime);
  const place = {
    bucket: env.BUCKET_NAME,
    account: env.ACCOUNT_ID,
    region: await clients.region(),
  };
  const store = new S3RunStore(s3, place, runId);
  const announcers = announcersFor(store);
  if (event.test === true) return tryOut(announcers, orchestrator, store, runId);
  const deps = await wireAudit({
    clients,
    clusters: env.CLUSTER_GLOBS,
    nodeTagKeys: env.NODE_TAG_KEYS,
    accountId: env.ACCOUNT_ID,
    documentName: env.DOCUMENT_NAME,
    store,
    announcers,
    ledgers: new S3Ledger(s3, place),
    recorders: recordersFor(store),
    ...present({ cadenceSeconds: env.HUB_CADENCE }),
    policy: env.POLICY,
    mutes: env.MUTES,
    greets: true,
    links: { page: PAGE_KEY, ...present({ dashboard: env.DASHBOARD }) },
    waits: WAITS,
    bundles: new S3Bundles(s3, place, () => new Date()),
  });
  const summary = await auditFleet({ ...deps, ...collect }, orchestrator, runId);
  const { failed } = summary;
  if (failed !== undefined) {
    await orchestrator.step('ring', () => ring(runId, failed));
  }
  return summary;
}

/** Lambda hands this line of the log to CloudWatch, whose alarm rings: what failed may be the very topic. */
function ring(runId: string, failed: Readonly<Record<string, string>>): Promise<void> {
  const functionName = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  const at = new Date().toISOString();
  process.stdout.write(`${failedChannelsLine({ functionName, runId, at, failed })}\n`);
  return Promise.resolve();
}

function announcersFor(store: RunStore): Record<string, Announcer> {
  return {
    topic: new SnsAnnouncer(topicClients.sns, { topicArn: env.TOPIC_ARN, store }),
    ...(env.EVENTS && { events: new EventBridgeAnnouncer(clients.eventBridge) }),
    ...(securityHub && { 'security-hub': securityHub }),
  };
}

/** Its client is loaded here: a function without Security Hub starts without it. */
async function securityHubOf({ ACCOUNT_ID, PARTITION }: typeof env): Promise<Announcer> {
  const { securityHub } = await import('../lib/adapters/security-hub-client.js');
  return securityHub(limit, { account: ACCOUNT_ID, partition: PARTITION });
}

/** Tells everybody about a made-up finding that says so. Audits and remembers nothing. */
async function tryOut(
  announcers: Readonly<Record<string, Announcer>>,
  orchestrator: Orchestrator,
  { location }: RunStore,
  runId: string,
): Promise<TryOut> {
  const region = await clients.region();
  const told = { topic: announcers['topic'], events: announcers['events'] };
  for (const [name, announcer] of Object.entries(told)) {
    await orchestrator.step(`try-${name}`, async () => {
      await announcer?.publish(testDigest(new Date().toISOString(), region, env.ACCOUNT_ID));
    });
  }
  return { runId, location, test: true };
}

/**
 * Audits the fleet once, as a durable function.
 *
 * Invoked by EventBridge Scheduler, at least once for each tick. A tick delivered twice is audited
 * twice under one run id: the second audit writes over the files of the first, finds in the ledger that
 * nothing changed since, and tells nothing.
 *
 * Nothing is caught here. A node that did not answer is data and ends up in the report. An error is
 * ours and fails the execution: a step is tried three times, then the alarm on failed executions
 * rings and the event goes to the dead-letter queue. The execution itself is not tried again.
 */
export const durable = withDurableExecution((event: ScheduledAudit, context: DurableContext) =>
  audit(event, new DurableOrchestrator(context)),
);

/**
 * The same audit in one plain invocation, for Regions without durable functions. It pays for its
 * waits, and Lambda tries a failed invocation twice more.
 */
export const inline = (event: ScheduledAudit): Promise<AuditSummary | TryOut> =>
  audit(event, new InlineOrchestrator());
