import * as v from 'valibot';
import { clusterGlobs } from './core/configuration/cluster-globs.js';
import { nodeTagKeys } from './core/configuration/node-tag-keys.js';
import { defaultPolicy, policyOver } from './core/judge/policy.js';
import { mutesSchema } from './core/mutes/parse-mutes.js';
import { ParseError, parsed } from './core/text/parsed.js';

const text = v.string();

const FLAG = 'should be true or false';
const flag = v.pipe(
  v.picklist(['true', 'false'], FLAG),
  v.transform((value) => value === 'true'),
);

function json<S extends v.GenericSchema>(schema: S) {
  return v.pipe(v.string(), v.parseJson(undefined, 'should be JSON'), schema);
}

/** What the audit function is told by its construct. Both sides import this, so they cannot drift. */
export const auditEnv = v.object({
  /** ARN of the topic that receives findings. */
  TOPIC_ARN: text,
  /** Bucket of the run store. */
  BUCKET_NAME: text,
  /** Region of that bucket, which a hub may have elsewhere. */
  BUCKET_REGION: text,
  /** Name of the SSM document that holds the probe. */
  DOCUMENT_NAME: text,
  /** JSON `{"include": string[], "exclude": string[]}`: globs over cluster names. */
  CLUSTER_GLOBS: json(clusterGlobs),
  /** JSON array: keys of the tags that mark an instance as an EKS node. */
  NODE_TAG_KEYS: json(nodeTagKeys),
  /** JSON object with the keys of `Policy` that differ from the default. */
  POLICY: json(policyOver(defaultPolicy)),
  /** JSON array of `Mute`: findings that nobody is told of for a time. */
  MUTES: json(mutesSchema),
  /** Whether each change becomes an event on the default bus. */
  EVENTS: flag,
  /** Whether findings are imported into Security Hub. */
  SECURITY_HUB: flag,
  /** Whether metrics are written to the log. */
  METRICS: flag,
  /** Name of the dashboard; `none` where there is none. */
  DASHBOARD: v.pipe(
    text,
    v.transform((name) => (name === 'none' ? undefined : name)),
  ),
  /** Seconds between two audits, at most, for the hub; `none` where there is no hub. */
  HUB_CADENCE: v.union(
    [
      v.pipe(
        v.literal('none'),
        v.transform(() => undefined),
      ),
      v.pipe(v.string(), v.digits(), v.transform(Number)),
    ],
    'should be whole seconds, or none',
  ),
  /** The account that is audited: twelve digits. */
  ACCOUNT_ID: text,
  /** The second part of its ARNs: `aws`, `aws-cn` or another. */
  PARTITION: text,
});

/** What the function of a hub is told by its construct. */
export const organizationEnv = v.object({
  /** ARN of the topic that receives the digest. */
  TOPIC_ARN: text,
  /** Bucket of the hub. */
  BUCKET_NAME: text,
});

export type OrganizationEnvTexts = { readonly [N in keyof typeof organizationEnv.entries]: string };

/** The variables as the construct sets them. */
export type AuditEnvTexts = { readonly [N in keyof typeof auditEnv.entries]: string };

/** Reads the variables of a schema, and names every one that is missing rather than the first. */
export function readEnv<S extends v.ObjectSchema<v.ObjectEntries, undefined>>(
  schema: S,
  source: Readonly<Record<string, string | undefined>>,
): v.InferOutput<S> {
  const missing = Object.keys(schema.entries).filter((key) => !source[key]);
  if (missing.length > 0) {
    throw new ParseError(`missing environment variables: ${missing.join(', ')}`);
  }
  return parsed(schema, source, { name: 'environment' });
}

/** The one limit of time that people may choose, for a slow network: by laptop and function alike. */
const REQUEST_SECONDS_VARIABLE = 'CONNTRACK_AUDITOR_REQUEST_SECONDS';

const SECONDS = 'should be seconds greater than 0 and at most 300';
const seconds = v.pipe(
  v.string(),
  v.regex(/^\d{0,3}(\.\d+)?$/, SECONDS),
  v.transform(Number),
  v.check((value) => value > 0 && value <= 300, SECONDS),
);

/** How long a request to a service may take. Nothing where nobody chooses. */
export function requestSeconds(
  source: Readonly<Record<string, string | undefined>>,
): number | undefined {
  const text = source[REQUEST_SECONDS_VARIABLE];
  if (!text) return undefined;
  return parsed(seconds, text, { name: 'environment', key: REQUEST_SECONDS_VARIABLE });
}
