import type { World, WorldNode } from './fake/world.js';
import { idOf } from './fake/world.js';

const calm = 0.3;

function calmNodes(count: number): WorldNode[] {
  return Array.from({ length: count }, (_, at) => ({ name: `calm-${at}`, usage: calm }));
}

/** Three clusters, each with one node group under pressure; one node's answer is longer than a list holds. */
export const shop: World = {
  clusters: [
    {
      name: 'alpha',
      groups: [
        { name: 'web', nodes: [{ name: 'hot', usage: 0.8 }, ...calmNodes(1)] },
        { name: 'db', nodes: [{ name: 'hot', usage: 0.9 }, ...calmNodes(1)] },
      ],
    },
    {
      name: 'beta',
      groups: [
        {
          name: 'api',
          instanceType: 'm6i.large',
          nodes: [{ name: 'hot', usage: 0.97 }, ...calmNodes(1)],
        },
      ],
    },
    {
      name: 'gamma',
      groups: [
        {
          name: 'jobs',
          instanceType: 'm5a.large',
          nodes: [{ name: 'hot', usage: 0.85 }, ...calmNodes(1)],
        },
        { name: 'long', nodes: [{ name: 'hot', usage: 0.82, conduct: 'long' }] },
      ],
    },
  ],
};

/** More nodes than one command reaches: 150, three of them under pressure. */
export const wide: World = {
  clusters: [
    {
      name: 'alpha',
      groups: [
        { name: 'web', nodes: [{ name: 'hot', usage: 0.8 }, ...calmNodes(49)] },
        { name: 'db', nodes: [{ name: 'hot', usage: 0.9 }, ...calmNodes(49)] },
      ],
    },
    {
      name: 'beta',
      groups: [{ name: 'api', nodes: [{ name: 'hot', usage: 0.97 }, ...calmNodes(49)] }],
    },
  ],
};

/** A calm node of the first cluster of both worlds. */
export const CALM_NODE = idOf('alpha', 'web', 'calm-0');
/** The node whose answer has to be read by itself. */
export const LONG_NODE = idOf('gamma', 'long', 'hot');
