import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExecutable } from '../../lib/simulator/executable.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'executable-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('writeExecutable', () => {
  it('writes programs that run at once, while others are written and run', async () => {
    const runs = Array.from({ length: 150 }, async (_, at) => {
      const program = join(folder, `program ${at}`);
      await writeExecutable(program, `#!/bin/sh\necho '${at}'\n`);
      return (await promisify(execFile)(program)).stdout;
    });
    expect(await Promise.all(runs)).toEqual(Array.from({ length: 150 }, (_, at) => `${at}\n`));
  });

  it('fails when the file cannot be written', async () => {
    await expect(writeExecutable(join(folder, 'no/such/folder'), '')).rejects.toThrow();
  });
});
