import { nodeOf, UNKNOWN, type Given } from '../core/bundle/bundle-fleet.js';
import { shapesOfFamilies } from '../core/limit/instance-shapes.js';
import type { FleetDirectory, NodeProbe } from '../core/run/ports.js';
import { present } from '../core/text/present.js';

/** A fleet of the one host that this program runs on, by the name of the host. */
export function oneNode(hostname: string, given: Given): FleetDirectory {
  const name = hostname.replace(/[^\w.-]/g, '-').slice(0, 80) || UNKNOWN;
  const node = nodeOf({ identity: { autoMode: false }, name, answer: '', lacks: [] }, given);
  const cluster = present({ name: node.cluster, kubeProxyGiven: given.kubeProxy });
  return {
    region: UNKNOWN,
    account: () => Promise.resolve(undefined),
    clusters: () => Promise.resolve({ clusters: [cluster.name] }),
    describe: () => Promise.resolve({ clusters: [cluster] }),
    nodes: () => Promise.resolve([node]),
    shapes: (types) => Promise.resolve({ shapes: shapesOfFamilies(types) }),
  };
}

/** Asks this host, by a function that runs the probe here. */
export function localProbe(instanceIds: readonly string[], ask: () => Promise<string>): NodeProbe {
  return {
    reachability: () =>
      Promise.resolve({ nodes: instanceIds.map((instanceId) => ({ instanceId, online: true })) }),
    send: (ids) => Promise.resolve({ commandId: 'local', instanceIds: ids, refused: [] }),
    running: () => Promise.resolve({ running: [] }),
    read: async (_, ids) => {
      const text = await ask();
      return {
        invocations: ids.map((instanceId) => ({ instanceId, status: 'answered', text })),
      };
    },
  };
}
