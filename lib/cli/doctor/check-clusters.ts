import { chooseClusters, type ClusterGlobs } from '../../adapters/eks-clusters.js';
import { plural } from '../../core/text/format.js';
import { near } from '../../core/text/near.js';
import { fault, ok, type Checked } from './checked.js';

const CHECK = 'clusters';

/** Whether the clusters that are wanted exist. */
export function checkClusters(names: readonly string[], globs: ClusterGlobs): Checked {
  const { wanted, missing } = chooseClusters(names, globs);
  const [lost] = missing;
  if (lost !== undefined) {
    const [meant] = near(lost, names);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return fault(CHECK, `no cluster is called '${lost}'${hint}`, 'aws eks list-clusters');
  }
  if (wanted.length > 0) return ok(CHECK, `${plural(wanted.length, 'cluster')} to audit`);
  return fault(CHECK, 'no cluster is wanted of those there are', 'aws eks list-clusters');
}
