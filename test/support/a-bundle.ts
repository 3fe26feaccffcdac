import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { BundleReader } from '../../lib/core/bundle/bundle-reader.js';
import { readBundle, type ReadBundle } from '../../lib/core/bundle/read-bundle.js';

/** The files of a captured bundle, by path. */
export async function bundleFilesOf(captured: string): Promise<Record<string, string>> {
  const root = join(captured, 'bundle');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[relative(root, path)] = await readFile(path, 'latin1');
  }
  return files;
}

/** The same bundle as the host itself would give it: with the one setting that only a host has. */
export function hostOfBundle(files: Readonly<Record<string, string>>): Record<string, string> {
  const settings = files['sysctls/sysctl_all.txt'] ?? '';
  return { ...files, 'sysctls/sysctl_all.txt': `${settings}net.nf_conntrack_max = 262144\n` };
}

/** A reader that was given these files. */
export function reading(files: Readonly<Record<string, string>>): BundleReader {
  const reader = new BundleReader();
  for (const [path, text] of Object.entries(files)) {
    const taker = reader.open(path);
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    if (lines.every((line) => taker.take(line)) && last !== '') taker.take(last);
    taker.end(last !== '');
  }
  return reader;
}

export function aBundle(files: Readonly<Record<string, string>>, takenAt?: string): ReadBundle {
  return readBundle(reading(files), takenAt);
}

/** Writes these files under a folder, as an unpacked bundle has them. */
export async function writeBundle(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, 'latin1');
  }
}
