import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Namespace } from '../namespaces.js';

const TICK_MS = 1_000;

/**
 * Lets time pass faster for established connections, which idle for days: with each second of the lab
 * it takes so many seconds off what their entries have left. How long an entry has from its last packet
 * on, and that it goes when nothing is left, is up to the kernel.
 */
export class FastClock {
  private readonly file: string;
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly network: Namespace,
    private readonly secondsPerSecond: number,
  ) {
    this.file = join(tmpdir(), `${network.name}.clock`);
    this.running = this.run();
    // It is awaited where the clock is stopped; until then a failure is nobody's to hear.
    this.running.catch(() => undefined);
  }

  private async run(): Promise<void> {
    const began = performance.now();
    for (let tick = 1; !this.stopping.signal.aborted; tick += 1) {
      await setTimeout(Math.max(0, began + tick * TICK_MS - performance.now()));
      const listed = await this.network.ask('conntrack', '-L', '-p', 'tcp');
      const lines = listed.split('\n').flatMap((line) => this.later(line));
      writeFileSync(this.file, lines.join(''));
      if (lines.length > 0) await this.network.ask('conntrack', '-R', this.file);
    }
  }

  /** The entry of a line with less time left, as conntrack(8) is told it. */
  private later(line: string): string[] {
    const known = /^tcp +6 (\d+) ESTABLISHED src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/.exec(
      line,
    );
    if (known === null) return [];
    const [, left, from, to, sport, dport] = known;
    const then = Math.max(0, Number(left) - this.secondsPerSecond);
    return [
      `-U -p tcp -s ${from ?? ''} -d ${to ?? ''} --sport ${sport ?? ''} --dport ${dport ?? ''} -t ${then}\n`,
    ];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    rmSync(this.file, { force: true });
  }
}
