import type { Account } from '../core/node/gap.js';
import type { FleetDirectory } from '../core/run/ports.js';

/** Brings one Region's account, clusters, nodes and shapes together; each part asks its own service. */
export function fleetDirectory(
  region: string,
  account: () => Promise<Account | undefined>,
  clusters: Pick<FleetDirectory, 'clusters' | 'describe'>,
  nodes: Pick<FleetDirectory, 'nodes'>,
  shapes: Pick<FleetDirectory, 'shapes'>,
): FleetDirectory {
  return {
    region,
    account,
    clusters: () => clusters.clusters(),
    describe: (names) => clusters.describe(names),
    nodes: (found) => nodes.nodes(found),
    shapes: (instanceTypes) => shapes.shapes(instanceTypes),
  };
}
