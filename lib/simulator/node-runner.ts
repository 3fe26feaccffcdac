import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REGION } from './account.js';
import type { SimulatedNode } from './fleet.js';
import { nodeBundle } from './node-bundle.js';
import { writeNodeTools } from './node-tools.js';
import { nodeEnvironment, writeNodeTree } from './node-tree.js';
import { Slots } from './slots.js';
import { runScript, type ScriptResult } from './ssm-agent.js';

/** What to run on a node, and for how long at most, in real seconds. */
export interface Script {
  readonly lines: readonly string[];
  readonly commandId: string;
  readonly timeoutSeconds: number;
}

/** Runs scripts on simulated nodes. */
export interface NodeRunner {
  /**
   * Waits for one of the few places, then runs the result of `script`. `undefined` from it: the run was
   * cancelled meanwhile.
   */
  run(node: SimulatedNode, script: () => Script | undefined): Promise<ScriptResult | undefined>;
  /** The support bundle that the agent of EKS would make on a node. */
  bundle(node: SimulatedNode): Promise<Buffer>;
  /** Waits until none of the runs that were asked for is left. */
  ended(): Promise<void>;
  /** Kills all runs, waits until they are gone, and removes the nodes' files. */
  stop(): Promise<void>;
}

/** More would only slow each of them down on a laptop. */
const RUNS_AT_ONCE = 4;

/**
 * Makes the temporary folder with the tools that all nodes share. Nodes get their file trees there too,
 * each when it is first needed.
 */
export async function makeNodeRunner(): Promise<NodeRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'conntrack-simulator-'));
  const tools = join(folder, 'tools');
  await writeNodeTools(tools);
  const slots = new Slots(RUNS_AT_ONCE);
  const trees = new Map<string, Promise<string>>();
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  function treeOf({ instanceId, machine }: SimulatedNode): Promise<string> {
    const root = join(folder, instanceId);
    const tree = trees.get(instanceId) ?? writeNodeTree(root, machine).then(() => root);
    trees.set(instanceId, tree);
    return tree;
  }

  async function runNow(node: SimulatedNode, script: () => Script | undefined) {
    const wanted = stopping.signal.aborted ? undefined : script();
    if (wanted === undefined) return undefined;
    const environment = nodeEnvironment(await treeOf(node), tools);
    const { signal } = stopping;
    const { instanceId } = node;
    return runScript({ ...wanted, instanceId, region: REGION, environment, signal });
  }

  return {
    async run(node, script) {
      const run = slots.use(() => runNow(node, script));
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    async bundle(node) {
      const place = { tools, region: REGION, folder: join(folder, `bundle-${node.instanceId}`) };
      return nodeBundle(node, { ...place, tree: await treeOf(node) });
    },
    async ended() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
