import { execFileSync, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import type { NodeFacts } from '../../lib/core/node/snapshot.js';
import { PROBE } from '../support/probe.js';

/** A bound on what one test may put into the table. */
const MOST_ENTRIES = 300_000;

/** Sends one datagram to each of some ports of this namespace's own loopback; refusals are what is tested. */
const SENDER = `
const socket = require('node:dgram').createSocket('udp4');
const [first, count] = process.argv.slice(1).map(Number);
let left = count;
socket.on('error', () => undefined);
for (let at = 0; at < count; at += 1) {
  socket.send('x', first + at, '127.0.0.1', () => { left -= 1; if (left === 0) socket.close(); });
}`;

const STEADY_SENDER = `
const socket = require('node:dgram').createSocket('udp4');
let port = 30000;
socket.on('error', () => undefined);
const timer = setInterval(() => {
  for (let at = 0; at < 100; at += 1) socket.send('x', port++, '127.0.0.1', () => undefined);
}, 100);
setTimeout(() => { clearInterval(timer); socket.close(); }, 10_000);`;

/**
 * A network namespace of our own with tracking turned on: its entries are real, are counted for
 * themselves, and go with it. The limit and the hash are the host's.
 */
export class KernelLab {
  private readonly name = `conntrack-lab-${process.pid}`;
  private readonly entriesFile = join(tmpdir(), `${this.name}.entries`);

  constructor() {
    execFileSync('ip', ['netns', 'add', this.name]);
    this.run('ip', ['link', 'set', 'lo', 'up']);
    // A rule that looks at the state of a flow is what makes the kernel track it.
    this.run(
      'nft',
      ['-f', '-'],
      'table ip lab {\n chain out {\n  type filter hook output priority 0;\n  ct state new counter\n }\n}\n',
    );
  }

  /** Runs a command in the namespace and gives what it printed. */
  run(command: string, args: readonly string[], input = ''): string {
    return execFileSync('ip', ['netns', 'exec', this.name, command, ...args], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /** Puts entries into the table through netlink. The kernel evicts those that are not assured. */
  insert(count: number, status: 'ASSURED' | 'SEEN_REPLY' = 'ASSURED'): void {
    if (count > MOST_ENTRIES) throw new Error(`at most ${MOST_ENTRIES} entries, got ${count}`);
    const flags = status === 'ASSURED' ? 'SEEN_REPLY,ASSURED' : 'SEEN_REPLY';
    const lines = Array.from({ length: count }, (_, at) => {
      const client = `10.9.${Math.floor(at / 60_000)}.${(at % 250) + 1}`;
      const port = 1_024 + (at % 60_000);
      return `-A -t 600 -u ${flags} -s ${client} -d 10.8.0.1 -r 10.8.0.1 -q ${client} -p udp --sport ${port} --dport 53 --reply-port-src 53 --reply-port-dst ${port}`;
    });
    writeFileSync(this.entriesFile, `${lines.join('\n')}\n`);
    this.run('conntrack', ['-R', this.entriesFile]);
  }

  /** Opens new flows with real packets, to loopback. */
  send(count: number): void {
    this.run(process.execPath, ['-e', SENDER, '20000', String(count)]);
  }

  /**
   * Opens 100 new flows in each tenth of a second until it is stopped, for 10 seconds at most: between two
   * readings more than the kernel's collector makes room for by itself.
   */
  keepSending(): { stop(): void } {
    const sender = ['netns', 'exec', this.name, process.execPath, '-e', STEADY_SENDER];
    const child = spawn('ip', sender, { stdio: 'ignore' });
    return { stop: () => child.kill() };
  }

  flush(): void {
    this.run('conntrack', ['-F']);
  }

  /** What the real probe reads here. */
  probe(): NodeFacts {
    const facts = parseAnswer(this.run('sh', [PROBE]));
    if (facts === undefined) throw new Error('the probe gave no answer');
    return facts;
  }

  close(): void {
    this.flush();
    rmSync(this.entriesFile, { force: true });
    execFileSync('ip', ['netns', 'delete', this.name]);
  }
}
