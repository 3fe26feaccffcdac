import * as v from 'valibot';

/**
 * The tags that AWS itself puts on EKS nodes, with the name of the cluster, the surest first: on every
 * instance that joined a cluster, on instances of managed node groups, and on those of Karpenter and Auto
 * Mode.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
export const clusterTags: readonly string[] = [
  'aws:eks:cluster-name',
  'eks:cluster-name',
  'eks:eks-cluster-name',
];

/** Each key is a statement of the role's policy, which holds 10,240 characters. */
const MOST = 20;

const KEY = 'should be a tag key of 1 to 128 letters, digits, spaces and . : / = + @ _ -';

/** A `*` would not match several keys: IAM compares keys of conditions literally. */
const key = v.pipe(v.string(KEY), v.regex(/^[\w .:/=+@-]{1,128}$/, KEY));

/** Keys of the tags that mark an instance as an EKS node. */
export const nodeTagKeys = v.pipe(
  v.array(key, 'should be a list of tag keys'),
  v.minLength(1, 'should name at least one tag key'),
  v.maxLength(MOST, `should name at most ${MOST} tag keys`),
  v.check((keys) => new Set(keys).size === keys.length, 'should name each key once'),
);
