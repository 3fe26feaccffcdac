import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network namespace with real entries. */
export interface Filled {
  /** A shell command that runs another one inside. */
  inside(command: string): string;
  run(command: string, environment: NodeJS.ProcessEnv): string;
  close(): void;
}

const MOST = 250_000;

/** Of 100 entries 24 are lookups, and 40 belong to one source; the rest is TCP of some thousand others. */
function line(at: number): string {
  const source =
    at % 10 < 4 ? '10.9.0.7' : `10.9.${1 + (Math.floor(at / 250) % 200)}.${1 + (at % 250)}`;
  const port = 1_024 + (at % 60_000);
  const server = `10.8.${Math.floor(at / 60_000)}.1`;
  const tuple = `-s ${source} -d ${server} -r ${server} -q ${source}`;
  const ports = (service: number) =>
    `--sport ${port} --dport ${service} --reply-port-src ${service} --reply-port-dst ${port}`;
  if (Math.floor(at / 10) % 25 < 6) return `-A -t 600 -u SEEN_REPLY ${tuple} -p udp ${ports(53)}`;
  const state = ['ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT'][at % 3] ?? '';
  return `-A -t 600 -u SEEN_REPLY,ASSURED ${tuple} -p tcp --state ${state} ${ports(443)}`;
}

/** Fills the table of a new namespace through netlink. Fails where the kernel takes fewer entries. */
export function fillTable(entries: number): Filled {
  if (entries > MOST) throw new Error(`at most ${MOST} entries, got ${entries}`);
  const name = `conntrack-lab-${process.pid}-bench`;
  const file = join(tmpdir(), `${name}.entries`);
  const inside = (command: string) => `ip netns exec ${name} bash -c ${quote(command)}`;
  const run = (command: string, env: NodeJS.ProcessEnv) =>
    execFileSync('bash', ['-c', inside(command)], {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  execFileSync('ip', ['netns', 'add', name]);
  if (entries > 0) {
    writeFileSync(file, `${Array.from({ length: entries }, (_, at) => line(at)).join('\n')}\n`);
    run(`conntrack -R ${file}`, process.env);
  }
  const tracked = Number(run('cat /proc/sys/net/netfilter/nf_conntrack_count', process.env));
  if (tracked !== entries) throw new Error(`${tracked} of ${entries} entries were tracked`);
  return {
    inside,
    run,
    close() {
      execFileSync('ip', ['netns', 'exec', name, 'conntrack', '-F'], { stdio: 'ignore' });
      execFileSync('ip', ['netns', 'delete', name]);
      rmSync(file, { force: true });
    },
  };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
