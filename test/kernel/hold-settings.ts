import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readSysctl, writeSysctl, type Sysctl } from './sysctls.js';
import { OWN_FILES } from './truth/pod.js';

type Settings = Readonly<Record<Sysctl, number>>;

/** Who changes the settings of this kernel, and what they were. Gone with the boot, as the settings are. */
const RECORD = '/run/conntrack-kernel-suite.json';

interface Held {
  readonly pid: number;
  readonly bootId: string;
  readonly before: Settings;
}

/**
 * Holds the settings that the suite changes, which are the whole kernel's: two runs at once would
 * measure each other. Puts them back when the suite ends, and fails where that fails. A run that was
 * killed cannot do so: the next one finds its record, and puts back what it left.
 */
export default function holdSettings(): () => void {
  repair();
  removeStaleLabs();
  const before = settings();
  const held: Held = { pid: process.pid, bootId: bootId(), before };
  writeFileSync(RECORD, JSON.stringify(held), { flag: 'wx' });

  const release = () => {
    restore(before);
    rmSync(RECORD);
  };
  const interrupted = () => {
    release();
    process.exit(1);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted).once('SIGHUP', interrupted);
  return release;
}

function repair(): void {
  if (!existsSync(RECORD)) return;
  const held = JSON.parse(readFileSync(RECORD, 'utf8')) as Held;
  const sameBoot = held.bootId === bootId();
  if (sameBoot && existsSync(`/proc/${held.pid}`)) {
    throw new Error(`process ${held.pid} runs this suite already; its record is ${RECORD}`);
  }
  if (sameBoot) restore(held.before);
  rmSync(RECORD);
}

/** Takes away namespaces of runs that were killed: their entries would crowd the hash, which all share. */
function removeStaleLabs(): void {
  const names = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  for (const name of names) {
    const [, pid] = /^conntrack-lab-(\d+)/.exec(name) ?? [];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    execFileSync('ip', ['netns', 'exec', name, 'conntrack', '-F'], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'delete', name]);
    rmSync(`${OWN_FILES}/${name}`, { recursive: true, force: true });
  }
}

function restore(before: Settings): void {
  writeSysctl('buckets', before.buckets);
  writeSysctl('max', before.max);
  const after = settings();
  if (after.max !== before.max || after.buckets !== before.buckets) {
    throw new Error(`settings were not restored: ${JSON.stringify({ before, after })}`);
  }
}

function settings(): Settings {
  return { max: readSysctl('max'), buckets: readSysctl('buckets') };
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
