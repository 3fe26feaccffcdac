import type { FleetDirectory } from '../core/run/ports.js';

/** Brings one Region's clusters, nodes and shapes together; each part asks its own service. */
export function fleetDirectory(
  region: string,
  clusters: Pick<FleetDirectory, 'clusters'>,
  nodes: Pick<FleetDirectory, 'nodes'>,
  shapes: Pick<FleetDirectory, 'shapes'>,
): FleetDirectory {
  return {
    region,
    clusters: () => clusters.clusters(),
    nodes: (wanted) => nodes.nodes(wanted),
    shapes: (instanceTypes) => shapes.shapes(instanceTypes),
  };
}
