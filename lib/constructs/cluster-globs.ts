import { ConfigurationError } from './configuration-error.js';

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
  const { include = [], exclude = [] } = globs;
  for (const [name, list] of Object.entries({ include, exclude })) {
    for (const glob of list) {
      // A cluster name is letters, digits, '-' and '_'; the rest are the signs of a glob.
      if (!/^[\w\-*?[\]{},!]+$/.test(glob)) {
        throw new ConfigurationError(
          `'clusters.${name}' should hold cluster names or globs such as prod-*, got '${glob}'`,
        );
      }
    }
  }
  return { include, exclude };
}
