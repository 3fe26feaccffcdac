import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Seconds that the probe may take here; it takes less than one. */
const PROBE_TIMEOUT_SECONDS = 60;

/** The inode of the first PID namespace, which the kernel fixes. @see include/linux/proc_ns.h */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

/** Runs the probe on this host and gives what it printed. Fails where there is no `sh`. */
export async function runLocalProbe(probeFile: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', [probeFile], {
    timeout: PROBE_TIMEOUT_SECONDS * 1000,
    maxBuffer: 65_536,
  });
  return stdout;
}

/**
 * Whether it is certain that no kube-proxy runs on this host. False inside a container, which sees
 * its own processes only.
 */
export async function runsNoKubeProxy(): Promise<boolean> {
  if ((await orNothing(readlink('/proc/self/ns/pid'))) !== FIRST_PID_NAMESPACE) return false;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(
    pids.map((pid) => orNothing(readFile(`/proc/${pid}/comm`, 'utf8'))),
  );
  return !names.some((name) => name?.trim() === 'kube-proxy');
}

/** A process may end between being listed and being read. */
async function orNothing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}
