import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readSysctl, writeSysctl } from './sysctls.js';

/** Takes away namespaces of runs that were killed: their entries would crowd the hash, which all share. */
function removeStaleLabs(): void {
  const names = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  for (const name of names) {
    const [, pid] = /^conntrack-lab-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    execFileSync('ip', ['netns', 'exec', name, 'conntrack', '-F'], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'delete', name]);
  }
}

/** Puts the host's settings back when the suite ends, however it ends, and fails where that fails. */
export default function restoreSysctls(): () => void {
  removeStaleLabs();
  const before = { max: readSysctl('max'), buckets: readSysctl('buckets') };
  const restore = () => {
    writeSysctl('buckets', before.buckets);
    writeSysctl('max', before.max);
  };
  const interrupted = () => {
    restore();
    process.exit(1);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return () => {
    restore();
    const after = { max: readSysctl('max'), buckets: readSysctl('buckets') };
    if (after.max !== before.max || after.buckets !== before.buckets) {
      throw new Error(`settings were not restored: ${JSON.stringify({ before, after })}`);
    }
  };
}
