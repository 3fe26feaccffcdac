import { basename } from 'node:path';
import {
  clustersOf,
  nodeOf,
  regionOf,
  type Given,
  type NamedBundle,
} from '../core/bundle/bundle-fleet.js';
import { shapesOfFamilies } from '../core/limit/instance-shapes.js';
import type { BundleReading, BundleSource, FleetDirectory, NodeProbe } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import type { BundleAt } from './bundle-file.js';
import type { ListedBundles } from './bundle-folder-list.js';

/** The fleet that bundles are of, for an audit without AWS. Sizes are those that this program brings. */
export function bundleDirectory(bundles: readonly BundleAt[], given: Given): FleetDirectory {
  const nodes = bundles.map((bundle) => nodeOf(named(bundle), given));
  const clusters = clustersOf(nodes, given);
  const byId = new Map(nodes.map((node) => [node.instanceId, node]));
  return {
    region: regionOf(bundles),
    account: () => Promise.resolve(undefined),
    clusters: () => Promise.resolve({ clusters: clusters.map(({ name }) => name) }),
    describe: () => Promise.resolve({ clusters }),
    nodes: () => Promise.resolve([...byId.values()]),
    shapes: (types) => Promise.resolve({ shapes: shapesOfFamilies(types) }),
  };
}

/** Bundles that were read, for an audit to take. */
export function bundleSource({ bundles, gaps }: ListedBundles, given: Given): BundleSource {
  const readings = bundles.map((bundle): BundleReading => {
    const { answer: text, lacks, notes, takenAt } = bundle;
    const { name } = named(bundle);
    const { instanceId } = nodeOf(named(bundle), given);
    return { name, instanceId, text, lacks, notes, ...present({ takenAt }) };
  });
  const byName = new Map(readings.map((reading) => [reading.name, reading]));
  return {
    list: () => Promise.resolve({ names: [...byName.keys()], ...(gaps.length > 0 && { gaps }) }),
    read: (names) => Promise.resolve({ readings: names.flatMap((name) => byName.get(name) ?? []) }),
  };
}

/** Where nobody can be asked. */
export const nobodyToAsk: NodeProbe = {
  reachability: () => Promise.resolve({ nodes: [] }),
  send: () => Promise.resolve({ instanceIds: [], refused: [] }),
  running: () => Promise.resolve({ running: [] }),
  read: () => Promise.resolve({ invocations: [] }),
};

function named(bundle: BundleAt): NamedBundle {
  const name = basename(bundle.path).replace(/\.(tar\.gz|tgz|tar)$/, '');
  return { ...bundle, name: name.replace(/[^\w.-]/g, '-').slice(0, 80) };
}
