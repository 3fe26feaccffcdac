import * as v from 'valibot';
import { share, times } from '../judge/policy.js';
import { mutesSchema } from '../mutes/parse-mutes.js';
import { keyed } from '../text/keyed.js';
import { isSpan, secondsOf, SPAN_WORDS, type Span } from '../text/span.js';
import { clusterGlobs } from './cluster-globs.js';
import { oneOrMoreEmails } from './email.js';
import { nodeTagKeys } from './node-tag-keys.js';
import { bucketName, documentName, logRetention, topicArn } from './existing.js';

const SCHEDULE = `should be ${SPAN_WORDS}, or a rate(...) or cron(...) expression`;
const schedule = v.pipe(
  v.string(SCHEDULE),
  v.check((text) => isSpan(text) || /^(rate|cron)\(.+\)$/.test(text), SCHEDULE),
);

const FLAG = 'should be true or false';
const flag = v.boolean(FLAG);

/** A time with a test of its seconds beside that of its form. */
function span(says: string, isRight: (seconds: number, text: Span) => boolean) {
  return v.pipe(
    v.string(says),
    v.check((text) => isSpan(text) && isRight(secondsOf(text), text), says),
    v.transform((text) => text as Span),
  );
}

const anySpan = span(`should be ${SPAN_WORDS}`, () => true);
const time = span(
  'should be a time from 1h to 30d, such as 12h or 2d',
  (seconds) => seconds >= times.least && seconds <= times.most,
);
const days = span('should be a time in days such as 400d', (_, text) => text.endsWith('d'));

/** The content of `conntrack-auditor.yaml`. Each key is as in the construct; none is required. */
export const configurationSchema = keyed({
  email: v.optional(oneOrMoreEmails),
  topic: v.optional(topicArn),
  alarmTopic: v.optional(topicArn),
  schedule: v.optional(schedule),
  longestGap: v.optional(anySpan),
  clusters: v.optional(clusterGlobs),
  nodeTagKeys: v.optional(nodeTagKeys),
  thresholds: v.optional(
    keyed({
      warningUsage: v.optional(share),
      criticalUsage: v.optional(share),
      targetUsage: v.optional(share),
      tableMemoryShare: v.optional(share),
    }),
  ),
  remindAfter: v.optional(time),
  flapWindow: v.optional(time),
  kernelLogWindow: v.optional(time),
  silences: v.optional(mutesSchema),
  events: v.optional(flag),
  securityHub: v.optional(flag),
  metrics: v.optional(flag),
  durable: v.optional(flag),
  historyRetention: v.optional(days),
  bucket: v.optional(bucketName),
  documentName: v.optional(documentName),
  logRetention: v.optional(logRetention),
});

/** Times are text, such as `6h`; everything else has the type of the product. */
export type Configuration = v.InferOutput<typeof configurationSchema>;
