import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { conntrackTool } from './conntrack-lines.js';
import { ethtoolTool } from './ena-files.js';
import { writeExecutable } from './executable.js';
import { ip6tablesSaveTool, iptablesSaveTool, missingTool } from './node-local-dns-files.js';

/**
 * A `dmesg` of util-linux that prints the log of the tree that is probed, or may not read it where there
 * is none. All of its lines are the kernel's own.
 */
const dmesgTool = `#!/bin/sh
log=$CONNTRACK_PROBE_ROOT/kernel.log
[ "$*" != --help ] || { echo ' -x, --decode  decode facility and level to readable string'; exit 0; }
[ "$*" = -x ] || { echo 'dmesg: only -x is simulated' >&2; exit 2; }
[ -r "$log" ] || { echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1; }
exec sed 's/^/kern  :warn  : /' "$log"
`;

const tools: Readonly<Record<string, string>> = {
  conntrack: conntrackTool,
  dmesg: dmesgTool,
  ethtool: ethtoolTool,
  'iptables-save': iptablesSaveTool,
  'ip6tables-save': ip6tablesSaveTool,
  'iptables-legacy-save': missingTool,
  'ip6tables-legacy-save': missingTool,
  'iptables-nft-save': missingTool,
  'ip6tables-nft-save': missingTool,
  nft: missingTool,
};

/**
 * Writes the programs that the probe runs into a folder, which may be new. They answer from the probed
 * tree and fail if it has nothing for them, so that the probe never runs one of this machine instead.
 */
export async function writeNodeTools(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(tools)) await writeExecutable(join(folder, name), text);
}
