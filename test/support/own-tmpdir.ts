import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a test run its own temporary folder, and removes it with everything that tests left there. */
export default function ownTmpdir(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'conntrack-auditor-test-'));
  process.env['TMPDIR'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
