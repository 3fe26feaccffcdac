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
