import type { World, WorldNode } from './fake/world.js';

const GROUPS = ['one', 'two', 'three', 'four', 'five'];

/** An account of five node groups; so many of them are under pressure. */
export function pressed(count: number): World {
  const groups = GROUPS.map((name, at) => {
    const usage = at < count ? 0.9 : 0.3;
    const nodes: WorldNode[] = [
      { name: 'first', usage },
      { name: 'second', usage: 0.3 },
    ];
    return { name, nodes };
  });
  return { clusters: [{ name: 'shop', groups }] };
}
