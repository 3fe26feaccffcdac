import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kubeProxyFiles } from './kube-proxy-files.js';
import type { Machine } from './machine.js';
import { statText } from './stat-text.js';

const HOST_NETNS = 4026531840;
const OTHER_NETNS = 4026532245;

const REFUSED_DMESG = `#!/bin/sh
echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2
exit 1
`;
const DMESG = `#!/bin/sh
exec cat "\${0%/*}/../kernel.log"
`;

/**
 * Writes the files that the probe reads on a host, as the kernel of this machine would show them,
 * and a `dmesg` in `bin/`. What the machine lacks is not written. `root` may exist, but holds no
 * tree yet.
 */
export async function writeNodeTree(root: string, machine: Machine): Promise<void> {
  const files = {
    ...systemFiles(machine),
    ...conntrackFiles(machine),
    ...kubeProxyFiles(machine),
  };
  for (const [path, text] of Object.entries(files)) await writeInto(root, path, text);

  const netns = machine.conntrack?.hostNetwork === false ? OTHER_NETNS : HOST_NETNS;
  await mkdir(join(root, 'proc/self/ns'), { recursive: true });
  await symlink(`net:[${netns}]`, join(root, 'proc/self/ns/net'));

  await writeInto(root, 'bin/dmesg', machine.kernelLog === undefined ? REFUSED_DMESG : DMESG);
  await chmod(join(root, 'bin/dmesg'), 0o755);
}

/** What makes the unchanged probe read the tree under `root` in place of this host. */
export function nodeEnvironment(root: string): { CONNTRACK_PROBE_ROOT: string; PATH: string } {
  const path = [join(root, 'bin'), '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin'];
  return { CONNTRACK_PROBE_ROOT: root, PATH: [...path, '/sbin', '/bin'].join(':') };
}

async function writeInto(root: string, path: string, text: string): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}

function systemFiles(machine: Machine): Record<string, string> {
  const { memTotalKiB, memAvailableKiB, vcpus, uptimeSeconds, os, kernelLog } = machine;
  const processors = Array.from({ length: vcpus }, (_, cpu) => `processor\t: ${cpu}\n\n`);
  return {
    'etc/os-release': `ID="${os.id}"\nVERSION_ID="${os.version}"\n`,
    'proc/meminfo':
      memoryLine('MemTotal', memTotalKiB) + memoryLine('MemAvailable', memAvailableKiB),
    'proc/cpuinfo': processors.join(''),
    'proc/sys/kernel/osrelease': `${machine.kernel}\n`,
    'proc/sys/kernel/random/boot_id': `${machine.bootId}\n`,
    // The second number is idle time summed over CPUs. Nobody reads it; this machine is idle.
    'proc/uptime': `${uptimeSeconds.toFixed(2)} ${(uptimeSeconds * vcpus).toFixed(2)}\n`,
    ...(kernelLog === undefined
      ? {}
      : { 'kernel.log': kernelLog.map((line) => `${line}\n`).join('') }),
  };
}

function memoryLine(name: string, kibibytes: number): string {
  return `${`${name}:`.padEnd(16)}${String(kibibytes).padStart(8)} kB\n`;
}

function conntrackFiles({ conntrack, kernel, vcpus }: Machine): Record<string, string> {
  if (conntrack === undefined) return {};
  const { entries, max, buckets, counters, timeouts = {}, hostNetwork = true } = conntrack;

  const sysctls = { count: entries, max, buckets, ...timeouts };
  const files = Object.entries(sysctls).map(([name, value]) => [
    `proc/sys/net/netfilter/nf_conntrack_${name}`,
    `${value}\n`,
  ]);
  return {
    ...(Object.fromEntries(files) as Record<string, string>),
    ...(hostNetwork ? { 'proc/sys/net/nf_conntrack_max': `${max}\n` } : {}),
    ...(counters === undefined
      ? {}
      : { 'proc/net/stat/nf_conntrack': statText({ kernel, vcpus, entries, counters }) }),
  };
}
