import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a report over what was there. Whoever reads the file at that time, as a collector of metrics does, reads the
 * whole former one or the whole new one.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, text);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(`cannot write '${file}'`, { cause: error });
  }
}
