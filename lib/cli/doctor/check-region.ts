import { Failure } from '../../adapters/service-error.js';
import { regionHint, regions } from '../../core/configuration/regions.js';
import { plural } from '../../core/text/format.js';
import { fault, ok, unknown, type Checked } from './checked.js';

const CHECK = 'region';

/** Whether the Region is one, and has clusters. `clusters`: their names, or why nobody knows them. */
export function checkRegion(region: string, clusters: readonly string[] | Failure): Checked {
  if (!(clusters instanceof Failure)) {
    if (clusters.length > 0)
      return ok(CHECK, `${region} has ${plural(clusters.length, 'cluster')}`);
    return fault(CHECK, `${region} has no EKS cluster`, 'name another one with --region');
  }
  if (clusters.reason === 'not-permitted') {
    return ok(CHECK, `${region} answers; which clusters it has is not told`);
  }
  const says = `EKS does not answer in ${region}: ${clusters.detail}`;
  if (regions.includes(region)) return unknown(CHECK, says, 'look at the network, and ask again');
  return fault(CHECK, `${says}${regionHint(region)}`, 'name another one with --region');
}
