import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { entriesFiles } from './conntrack-lines.js';
import { enaFiles, enaLinks } from './ena-files.js';
import { kubeProxyFiles } from './kube-proxy-files.js';
import type { Machine } from './machine.js';
import { nodeLocalDnsFiles } from './node-local-dns-files.js';
import { podFiles, routeFiles } from './pod-files.js';
import { policyAgentFiles } from './policy-agent-files.js';
import { tableFiles, uptimeText } from './table-files.js';
import { LATER, type TreeFiles } from './tree-files.js';

const HOST_NETNS = 4026531840;
const OTHER_NETNS = 4026532245;

/** Entries that the probe lists on a simulated node: a sample that is quick to make and to count. */
const LISTED = 4_000;

/**
 * Writes the files that the probe and its tools read on a host, as this machine's kernel shows them.
 * Writes nothing that the machine lacks. `root` may exist, but holds no tree yet.
 */
export async function writeNodeTree(root: string, machine: Machine): Promise<void> {
  const files = {
    ...systemFiles(machine),
    ...tableFiles(machine),
    ...entriesFiles(machine),
    ...kubeProxyFiles(machine),
    ...policyAgentFiles(machine),
    ...podFiles(machine),
    ...routeFiles(machine),
    ...enaFiles(machine),
    ...nodeLocalDnsFiles(machine),
  };
  for (const [path, text] of Object.entries(files)) {
    await writeFile(await placeIn(root, path), text);
  }

  const netns = machine.conntrack?.hostNetwork === false ? OTHER_NETNS : HOST_NETNS;
  const links = { 'proc/self/ns/net': `net:[${netns}]`, ...enaLinks(machine) };
  for (const [path, target] of Object.entries(links)) {
    await symlink(target, await placeIn(root, path));
  }
}

/** Makes the unchanged probe read the tree under `root` with these tools, in place of this host. */
export function nodeEnvironment(root: string, tools: string) {
  const system = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return {
    PATH: [tools, ...system].join(':'),
    CONNTRACK_PROBE_ROOT: root,
    CONNTRACK_PROBE_LATER: join(root, LATER),
    // The files of the second look are there from the start.
    CONNTRACK_PROBE_PAUSE: '0',
    CONNTRACK_PROBE_CAP: String(LISTED),
  };
}

async function placeIn(root: string, path: string): Promise<string> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  return target;
}

function systemFiles(machine: Machine): TreeFiles {
  const { memTotalKiB, memAvailableKiB, vcpus, uptimeSeconds, os, kernelLog } = machine;
  const processors = Array.from({ length: vcpus }, (_, cpu) => `processor\t: ${cpu}\n\n`);
  return {
    ...releaseFiles(os),
    ...(machine.threadsPerCore === undefined ? {} : threadFiles(machine.threadsPerCore)),
    'proc/meminfo':
      memoryLine('MemTotal', memTotalKiB) + memoryLine('MemAvailable', memAvailableKiB),
    'proc/cpuinfo': processors.join(''),
    'proc/sys/kernel/osrelease': `${machine.kernel}\n`,
    'proc/sys/kernel/random/boot_id': `${machine.bootId}\n`,
    'proc/uptime': uptimeText(uptimeSeconds, vcpus),
    ...(kernelLog === undefined
      ? {}
      : { 'kernel.log': kernelLog.map((line) => `${line}\n`).join('') }),
  };
}

/**
 * What names the system. Systems Manager's container on Bottlerocket is built on Amazon Linux 2 and says so;
 * the file of the host stands beside.
 *
 * @see https://github.com/bottlerocket-os/bottlerocket-control-container/blob/develop/Dockerfile
 */
function releaseFiles({ id, version }: Machine['os']): TreeFiles {
  if (id !== 'bottlerocket') return { 'etc/os-release': `ID="${id}"\nVERSION_ID="${version}"\n` };
  return {
    'etc/os-release': 'NAME="Amazon Linux"\nVERSION="2"\nID="amzn"\nVERSION_ID="2"\n',
    'etc/bottlerocket-release': `NAME=Bottlerocket\nID=bottlerocket\nVERSION_ID=${version}\n`,
  };
}

/** Which CPUs share the first core. */
function threadFiles(threads: number): TreeFiles {
  const list = threads === 1 ? '0' : `0-${threads - 1}`;
  return { 'sys/devices/system/cpu/cpu0/topology/thread_siblings_list': `${list}\n` };
}

function memoryLine(name: string, kibibytes: number): string {
  return `${`${name}:`.padEnd(16)}${String(kibibytes).padStart(8)} kB\n`;
}
