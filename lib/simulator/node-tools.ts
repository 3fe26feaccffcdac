import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { conntrackTool } from './conntrack-lines.js';
import { ethtoolTool } from './ena-files.js';
import { writeExecutable } from './executable.js';
import { iptablesSaveTool } from './node-local-dns-files.js';

/** A `dmesg` that prints the log of the probed tree, or may not read it if there is none. */
const dmesgTool = `#!/bin/sh
log=$CONNTRACK_PROBE_ROOT/kernel.log
[ -r "$log" ] || { echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1; }
exec cat "$log"
`;

const tools: Readonly<Record<string, string>> = {
  conntrack: conntrackTool,
  dmesg: dmesgTool,
  ethtool: ethtoolTool,
  'iptables-save': iptablesSaveTool,
};

/**
 * Writes the programs that the probe runs into a folder, which may be new. They answer from the probed
 * tree and fail if it has nothing for them, so that the probe never runs one of this machine instead.
 */
export async function writeNodeTools(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(tools)) await writeExecutable(join(folder, name), text);
}
