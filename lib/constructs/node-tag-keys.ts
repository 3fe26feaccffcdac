import { ConfigurationError } from './configuration-error.js';

/**
 * The tags that AWS itself puts on EKS nodes: on every instance that joined a cluster, on instances of
 * managed node groups, and on instances of Karpenter and Auto Mode.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
export const DEFAULT_NODE_TAG_KEYS: readonly string[] = [
  'aws:eks:cluster-name',
  'eks:cluster-name',
  'eks:eks-cluster-name',
];

/**
 * The keys, each checked to be one that EC2 allows. A `*` would not match several keys: IAM compares
 * keys of conditions literally.
 */
export function checkNodeTagKeys(keys: readonly string[]): readonly string[] {
  if (keys.length === 0) {
    throw new ConfigurationError("'nodeTagKeys' should name at least one tag key, got none");
  }
  for (const key of keys) {
    if (!/^[\w .:/=+@-]{1,128}$/.test(key)) {
      throw new ConfigurationError(
        `'nodeTagKeys' should hold tag keys of 1 to 128 letters, digits, spaces and . : / = + @ _ -, got '${key}'`,
      );
    }
  }
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) {
    throw new ConfigurationError(`'nodeTagKeys' should name each key once, got '${twice}' twice`);
  }
  return keys;
}
