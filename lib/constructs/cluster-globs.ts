import { clusterGlobs } from '../core/configuration/cluster-globs.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** Which clusters of the account and Region are audited, by name. `*` and `?` are wildcards. */
export interface ClusterGlobs {
  /**
   * Only clusters that match one of these are audited.
   *
   * @default - every cluster, looked up again at each audit
   */
  readonly include?: string[];

  /**
   * Clusters that match one of these are not audited, included or not.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/** Both lists, after each glob has been checked. An empty `include` means every cluster. */
export function clusterGlobsFrom(globs: ClusterGlobs = {}): Required<ClusterGlobs> {
  return configured(() => parsed(clusterGlobs, globs, { key: 'clusters' }));
}
