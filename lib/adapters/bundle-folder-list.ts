import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Gap } from '../core/node/gap.js';
import { count } from '../core/text/format.js';
import { bundleGap } from './bundle-gap.js';
import { readBundleAt, type BundleAt } from './bundle-file.js';

/** Bundles of one folder that are read; a fleet of more is read in parts. House choice. */
const MOST_BUNDLES = 2_000;
const packed = /\.(tar\.gz|tgz|tar)$/;

/** The bundles of a folder that could be read, and a gap for each other. */
export interface ListedBundles {
  readonly bundles: readonly BundleAt[];
  readonly gaps: readonly Gap[];
}

/** Reads every bundle of a folder: archives and folders, or the folder itself where it is one. Fails where none is there. */
export async function readBundlesIn(folder: string): Promise<ListedBundles> {
  const paths = await bundlesIn(folder);
  if (paths.length === 0) {
    throw new Error(`'${folder}' holds no bundle: no *.tar.gz, and no folder with one unpacked`);
  }
  if (paths.length > MOST_BUNDLES) {
    throw new Error(
      `'${folder}' holds ${count(paths.length)} bundles, more than ${count(MOST_BUNDLES)}`,
    );
  }
  const bundles: BundleAt[] = [];
  const gaps: Gap[] = [];
  // One by one: a single archive keeps a processor busy.
  for (const path of paths) {
    try {
      bundles.push(await readBundleAt(path));
    } catch (error) {
      gaps.push(bundleGap(basename(path), error));
    }
  }
  return { bundles, gaps };
}

async function bundlesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const isOne = entries.some(
    (entry) => entry.isDirectory() && ['sysctls', 'networking'].includes(entry.name),
  );
  if (isOne) return [folder];
  return entries
    .filter((entry) => entry.isDirectory() || (entry.isFile() && packed.test(entry.name)))
    .map(({ name }) => join(folder, name))
    .sort();
}
