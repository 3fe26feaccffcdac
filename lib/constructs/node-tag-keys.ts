import { clusterTags, nodeTagKeys } from '../core/configuration/node-tag-keys.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** The tags that AWS itself puts on EKS nodes. */
export const DEFAULT_NODE_TAG_KEYS = clusterTags;

/** The keys, each checked to be one that EC2 allows. */
export function checkNodeTagKeys(keys: readonly string[]): readonly string[] {
  return configured(() => parsed(nodeTagKeys, keys, { key: 'nodeTagKeys' }));
}
