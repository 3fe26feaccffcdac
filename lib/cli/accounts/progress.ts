import type { PartRecord, PlaceGap } from '../../core/organization/part.js';
import { countsText, placeName } from '../../core/render/organization/names.js';
import { printedLines } from '../../core/render/lines.js';
import { count, plural } from '../../core/text/format.js';
import { ProgressLine } from '../progress-line.js';
import type { Terminal } from '../terminal.js';
import type { Target } from './targets.js';

/** Says how far many audits are: each that ends is a line; on a terminal one line more is redrawn. */
export class AllProgress {
  private readonly line: ProgressLine | undefined;
  private readonly running = new Set<Target>();
  private done = 0;
  private isOver = false;

  constructor(
    private readonly all: number,
    private readonly terminal: Terminal,
    signal: AbortSignal,
  ) {
    this.line = terminal.interactive ? new ProgressLine('audit', terminal.ascii) : undefined;
    signal.addEventListener('abort', () => {
      this.clear();
    });
  }

  began(target: Target): void {
    this.running.add(target);
    this.say();
  }

  ended(target: Target, outcome: PartRecord | PlaceGap): void {
    this.running.delete(target);
    this.done += 1;
    if (this.isOver) return;
    if (this.line === undefined) {
      const text = `${this.howFar()}: ${placeName(target)}: ${outcomeText(outcome)}`;
      this.terminal.note(printedLines([text]));
    }
    this.say();
  }

  /** Nothing more is said. */
  clear(): void {
    this.isOver = true;
    this.line?.clear();
  }

  private say(): void {
    if (this.isOver) return;
    const [first] = this.running;
    const now = first === undefined ? '' : `; under way: ${placeName(first)}`;
    const more = this.running.size > 1 ? ` and ${count(this.running.size - 1)} more` : '';
    this.line?.say(`audit ${this.howFar()}${now}${more}`);
  }

  private howFar(): string {
    return `${count(this.done)} of ${count(this.all)}`;
  }
}

function outcomeText(outcome: PartRecord | PlaceGap): string {
  if ('reason' in outcome) return `not audited: ${outcome.operation} ${outcome.reason}`;
  const { clusters, nodes, findings } = outcome;
  if (clusters === 0) return 'no cluster';
  return `${countsText(findings)} on ${count(nodes.read)} of ${plural(nodes.discovered, 'node')} read`;
}
