import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What the probe asks of other programs, as programs that print files of the tree that is probed. Where
 * the tree has no such file they fail as the real ones do. They shadow the real ones of this machine,
 * whose table is another one. A line of `dmesg.txt` that says not who wrote it is the kernel's.
 */
const tools: Readonly<Record<string, string>> = {
  // At the lowest priority of a busy machine a probe would wait for all other tests.
  renice: 'exit 0',
  ionice: 'exit 0',
  dmesg: `[ "$1" != --help ] || { [ -e "$tree/dmesg-of-busybox" ] || echo ' -x, --decode  decode facility and level to readable string'; exit 0; }
[ -r "$tree/dmesg.txt" ] || { echo 'dmesg: read kernel buffer failed: Operation not permitted' >&2; exit 1; }
case $1 in
  -x) exec sed -e 's/^<[0-7]>/kern  :warn  : /' -e 's/^<30>/daemon:info  : /' -e '/^[a-z]* *:[a-z]* *: /!s/^/kern  :warn  : /' "$tree/dmesg.txt" ;;
  -r) exec sed '/^</!s/^/<4>/' "$tree/dmesg.txt" ;;
  *) exit 2 ;;
esac`,
  conntrack: `case "$*" in
  '-L -o extended') list=conntrack.txt ;;
  '-L -o extended -f ipv6') list=conntrack-inet6.txt; [ ! -r "$tree/conntrack.txt" ] || [ -r "$tree/$list" ] || exit 0 ;;
  *) exit 2 ;;
esac
[ -r "$tree/$list" ] || { echo 'conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not permitted' >&2; exit 1; }
exec cat "$tree/$list"`,
  ethtool: `[ "$1" = -S ] || exit 2
file="$tree/ethtool-$2.txt"
[ "$CONNTRACK_PROBE_WHEN" != later ] || [ ! -r "$tree/later/ethtool-$2.txt" ] || file="$tree/later/ethtool-$2.txt"
[ -r "$file" ] || { echo 'no stats available' >&2; exit 94; }
exec cat "$file"`,
  'iptables-save': `[ -r "$tree/iptables-save.txt" ] || exit 4
[ "$1" != --version ] || exec head -n 1 "$tree/iptables-save.txt"
[ "$*" = '-t raw -c' ] || exit 2
exec cat "$tree/iptables-save.txt"`,
  // Where the tree has rules of IPv4 only, there are none of IPv6.
  'ip6tables-save': `list=$tree/ip6tables-save.txt
[ -r "$list" ] || list=$tree/iptables-save.txt
[ -r "$list" ] || exit 4
[ "$1" != --version ] || exec head -n 1 "$list"
[ "$*" = '-t raw -c' ] || exit 2
[ "$list" = "$tree/iptables-save.txt" ] || exec cat "$list"`,
  ...Object.fromEntries(
    [
      'iptables-nft-save',
      'ip6tables-nft-save',
      'iptables-legacy-save',
      'ip6tables-legacy-save',
    ].map((name) => [name, `[ "$*" = '-t raw -c' ] && exec cat "$tree/${name}.txt" 2>/dev/null`]),
  ),
  nft: `case "$*" in 'list table ip raw') exec cat "$tree/nft-ip.txt" ;; 'list table ip6 raw') exec cat "$tree/nft-ip6.txt" ;; esac
exit 1`,
};

/** Writes those programs into a folder, which may be new. Returns the folder. */
export async function installTools(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, body] of Object.entries(tools)) {
    const script = `#!/bin/sh\ntree=$CONNTRACK_PROBE_ROOT\n${body}\n`;
    await writeFile(join(folder, name), script, { mode: 0o755 });
  }
  return folder;
}

/**
 * The command line of a shell that runs the programs of these folders. Some builds of busybox, such as
 * Debian's busybox-static, run applets of their own whatever the PATH says: there, functions stand before
 * the applets, as nothing else does.
 */
export async function shellThatRuns(
  shell: readonly [string, ...string[]],
  folders: readonly string[],
): Promise<readonly string[]> {
  const [program, ...options] = shell;
  const ask = [...options, '-c', 'command -v dmesg'];
  const { stdout } = await promisify(execFile)(program, ask, { env: { PATH: folders.join(':') } });
  if (stdout.startsWith('/')) return shell;

  const programs = await Promise.all(folders.map(programsOf));
  return [...shell, '-c', `${functionsFor(programs.flat())}\n. "$0"`];
}

async function programsOf(folder: string): Promise<Program[]> {
  const names = await readdir(folder);
  // The probe runs no applet whose name a function cannot have.
  return names
    .filter((name) => /^\w+$/.test(name))
    .map((name) => ({ name, path: join(folder, name) }));
}

interface Program {
  readonly name: string;
  readonly path: string;
}

/** The applet `timeout` would start an applet too. */
function functionsFor(programs: readonly Program[]): string {
  const cases = programs.map(
    ({ name, path }) => `${name}) seconds=$1; shift 2; set -- "$seconds" '${path}' "$@" ;;`,
  );
  return [
    ...programs.map(({ name, path }) => `${name}() { '${path}' "$@"; }`),
    `timeout() { case $2 in ${cases.join(' ')} esac; command timeout "$@"; }`,
  ].join('\n');
}
