import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Seconds that the probe may take here; it takes less than one. */
const PROBE_TIMEOUT_SECONDS = 60;

/** Runs the probe on this host and returns its output. Fails if there is no `sh`. */
export async function runLocalProbe(probeFile: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', [probeFile], {
    timeout: PROBE_TIMEOUT_SECONDS * 1000,
    maxBuffer: 65_536,
  });
  return stdout;
}
