import { clusterGlobs } from '../core/configuration/cluster-globs.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** Which clusters of the account and Region to audit, by name. `*` and `?` are wildcards. */
export interface ClusterGlobs {
  /**
   * Audits only clusters that match one of these.
   *
   * @default - every cluster, looked up again at each audit
   */
  readonly include?: string[];

  /**
   * Leaves out clusters that match one of these, included or not.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/** Both lists, each glob checked. An empty `include` means every cluster. */
export function clusterGlobsFrom(globs: ClusterGlobs = {}): Required<ClusterGlobs> {
  return configured(() => parsed(clusterGlobs, globs, { key: 'clusters' }));
}
