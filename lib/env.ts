/** What the audit function is told by its construct. Both sides import this, so they cannot drift. */
export const auditEnv = [
  /** ARN of the topic that receives findings. */
  'TOPIC_ARN',
  /** Bucket of the run store. */
  'BUCKET_NAME',
  /** Name of the SSM document that holds the probe. */
  'DOCUMENT_NAME',
  /** JSON `{"include": string[], "exclude": string[]}`: globs over cluster names. */
  'CLUSTER_GLOBS',
  /** JSON object with the keys of `Policy` that differ from the default. */
  'POLICY',
  /** JSON array of `Mute`: findings that nobody is told of for a time. */
  'MUTES',
  /** `true` or `false`: whether each change becomes an event on the default bus. */
  'EVENTS',
  /** `true` or `false`: whether findings are imported into Security Hub. */
  'SECURITY_HUB',
  /** `true` or `false`: whether metrics are written to the log. */
  'METRICS',
  /** The account that is audited: twelve digits. */
  'ACCOUNT_ID',
  /** The second part of its ARNs: `aws`, `aws-cn` or another. */
  'PARTITION',
] as const;

export type Env<K extends readonly string[]> = { readonly [N in K[number]]: string };

/** Reads the named variables, and names every one that is missing rather than the first. */
export function readEnv<const K extends readonly string[]>(
  keys: K,
  source: Readonly<Record<string, string | undefined>>,
): Env<K> {
  const missing = keys.filter((key) => !source[key]);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(keys.map((key) => [key, source[key]])) as Env<K>;
}
