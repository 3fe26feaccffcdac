import type { World, WorldCluster, WorldGroup, WorldNode } from '../fake/world.js';
import type { Dice } from './dice.js';

const FEWEST_CLUSTERS = 2;
const MOST_CLUSTERS = 5;
const MOST_NODES = 5;

/** A fleet whose nodes come and go, whose pressure rises and falls, and whose clusters leave. */
export class ChangingFleet {
  #clusters: WorldCluster[] = [];
  #born = 0;

  constructor(private readonly dice: Dice) {
    for (let at = 0; at < MOST_CLUSTERS - 1; at += 1) this.#clusters.push(this.#cluster());
  }

  get world(): World {
    return { clusters: this.#clusters };
  }

  /** Six hours later. */
  change(): void {
    const { dice } = this;
    if (dice.chance(0.08) && this.#clusters.length > FEWEST_CLUSTERS) {
      const gone = dice.pick(this.#clusters);
      this.#clusters = this.#clusters.filter((one) => one !== gone);
    }
    if (dice.chance(0.08) && this.#clusters.length < MOST_CLUSTERS) {
      this.#clusters.push(this.#cluster());
    }
    this.#clusters = this.#clusters.map(({ name, groups }) => ({
      name,
      groups: groups.map((group) => this.#later(group)),
    }));
  }

  #cluster(): WorldCluster {
    const count = this.dice.whole(1, 3);
    const groups = Array.from({ length: count }, (_, at) => ({
      name: `group-${at}`,
      nodes: Array.from({ length: this.dice.whole(1, MOST_NODES) }, () => this.#node()),
    }));
    return { name: `cluster-${(this.#born += 1)}`, groups };
  }

  #node(): WorldNode {
    const conduct = this.dice.chance(0.05) ? 'late' : 'answers';
    return { name: `node-${(this.#born += 1)}`, usage: this.dice.next(), conduct };
  }

  #later({ name, nodes }: WorldGroup): WorldGroup {
    const { dice } = this;
    const kept = nodes.filter(() => !dice.chance(0.06));
    const grown = dice.chance(0.1) && kept.length < MOST_NODES ? [...kept, this.#node()] : kept;
    return { name, nodes: grown.map((node) => this.#moved(node)) };
  }

  /** Most tables stay as full as they are. */
  #moved(node: WorldNode): WorldNode {
    if (!this.dice.chance(0.2)) return node;
    const usage = Math.min(1, Math.max(0.02, node.usage + (this.dice.next() - 0.5) * 0.8));
    return { ...node, usage };
  }
}
