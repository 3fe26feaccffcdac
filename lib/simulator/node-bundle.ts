import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { create } from 'tar';
import { bundleFiles } from './bundle-files.js';
import { interfaceNames } from './ena-files.js';
import type { SimulatedNode } from './fleet.js';
import { nodeEnvironment } from './node-tree.js';

/** Bytes of a list of entries: each has about 200. */
const LONGEST_LIST = 256 * 2 ** 20;

/** Where the files of a node lie, and the programs that read them. */
export interface BundlePlace {
  readonly tree: string;
  readonly tools: string;
  readonly region: string;
  /** A folder for the bundle, which is not there yet. */
  readonly folder: string;
}

/** Makes the bundle of a node as the node monitoring agent of EKS packs it. */
export async function nodeBundle(node: SimulatedNode, place: BundlePlace): Promise<Buffer> {
  const { tree, tools, region, folder } = place;
  const env = nodeEnvironment(tree, tools);
  const ask = async (program: string, ...args: readonly string[]) => {
    const options = { env, maxBuffer: LONGEST_LIST };
    return (await promisify(execFile)(join(tools, program), args, options)).stdout;
  };
  const { ena } = node.machine;
  const listed = await ask('conntrack', '-L', '-o', 'extended');
  const ethtool: Record<string, string> = {};
  for (const name of interfaceNames(ena)) ethtool[name] = await ask('ethtool', '-S', name);
  // Without "-o extended" no line begins with its family.
  const entries = listed.replace(/^ipv[46] +\d+ /gm, '');
  const files = bundleFiles(node, region, { entries, ethtool });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const file = `${folder}.tar.gz`;
  await create({ gzip: true, file, cwd: folder }, Object.keys(files));
  return readFile(file);
}
