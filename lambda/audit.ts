import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { awsClients } from '../lib/adapters/aws-clients.js';
import { DurableOrchestrator } from '../lib/adapters/durable-orchestrator.js';
import type { ClusterGlobs } from '../lib/adapters/eks-clusters.js';
import { InlineOrchestrator } from '../lib/adapters/inline-orchestrator.js';
import { S3RunStore } from '../lib/adapters/s3-run-store.js';
import { regionOfTopic } from '../lib/adapters/sns-announcer.js';
import { auditFleet, type AuditSummary } from '../lib/core/audit-fleet.js';
import { parsePolicy } from '../lib/core/parse/policy.js';
import type { Orchestrator } from '../lib/core/ports.js';
import { newRunId, tickRunId } from '../lib/run-id.js';
import { auditEnv, readEnv } from '../lib/env.js';
import { VERSION } from '../lib/version.js';
import { topicAnnouncer, wireAudit } from '../lib/wire-audit.js';

const env = readEnv(auditEnv, process.env);
const clients = awsClients({ version: VERSION });
// A central topic may live in another Region, and takes publications only there.
const topicClients = awsClients({ version: VERSION, region: regionOfTopic(env.TOPIC_ARN) });
const clusters = JSON.parse(env.CLUSTER_GLOBS) as ClusterGlobs;
const policy = parsePolicy(env.POLICY);

/**
 * Seconds between looks at the commands. Their sum is more than the 120 that a command may live:
 * 60 to be picked up and 60 to run.
 */
const WAITS = [10, 10, 15, 20, 25, 30, 30];

/** What the schedule sends. A person who invokes the function by hand may send `{}`. */
export interface ScheduledAudit {
  /** ISO 8601, UTC: the time of the tick, which names the run. Absent: a new name. */
  readonly scheduledTime?: string;
}

async function audit(event: ScheduledAudit, orchestrator: Orchestrator): Promise<AuditSummary> {
  const { scheduledTime } = event;
  const runId =
    scheduledTime === undefined
      ? await orchestrator.step('name', () => Promise.resolve(newRunId()))
      : tickRunId(scheduledTime);
  const store = new S3RunStore(clients.s3, env.BUCKET_NAME, runId);
  const announcer = topicAnnouncer(topicClients, env.TOPIC_ARN, store);
  const documentName = env.DOCUMENT_NAME;
  const deps = await wireAudit({
    clients,
    clusters,
    documentName,
    store,
    announcer,
    policy,
    waits: WAITS,
  });
  return auditFleet(deps, orchestrator, runId);
}

/**
 * Audits the fleet once, as a durable function.
 *
 * Invoked by EventBridge Scheduler, at least once for each tick. A tick delivered twice is audited
 * twice under one run id: the second audit writes over the files of the first, and publishes again.
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
 * waits, and Lambda tries an invocation that fails twice more.
 */
export const inline = (event: ScheduledAudit): Promise<AuditSummary> =>
  audit(event, new InlineOrchestrator());
