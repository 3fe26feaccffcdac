import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes all files below a folder, or none: where one of them is there already nothing is written, and it is
 * named. Where writing fails, what was written before is taken away again.
 */
export async function writeAllOrNothing(
  folder: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<string[]> {
  const targets = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  const there = await Promise.all(
    targets.map(async ({ path }) => ((await exists(path)) ? [path] : [])),
  );
  const taken = there.flat();
  if (taken.length > 0) {
    throw new Error(`nothing is written, as there is already: ${taken.join(', ')}`);
  }
  const written: string[] = [];
  try {
    for (const { path, text } of targets) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: 'wx', mode: path.endsWith('.sh') ? 0o755 : 0o644 });
      written.push(path);
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path)));
    throw error;
  }
  return written;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
