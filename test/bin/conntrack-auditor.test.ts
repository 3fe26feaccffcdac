import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/conntrack-auditor.ts', import.meta.url));

it('says nothing where whoever reads has seen enough', async () => {
  // The reader ends before the program begins to write.
  const line = `"${process.execPath}" --import tsx "${bin}" explain table-pressure | true`;
  const { stderr } = await promisify(execFile)('sh', ['-c', line]);
  expect(stderr).toBe('');
});
