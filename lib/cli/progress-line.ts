import { clearLine, cursorTo } from 'node:readline';
import { cut } from '../core/render/cut.js';
import { oneLine } from '../core/text/printable.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ASCII_FRAMES = ['|', '/', '-', '\\'];
/** Columns of a terminal that does not tell. */
const LEAST_COLUMNS = 80;
/** Milliseconds between two frames. */
const PACE = 120;

/**
 * One line on stderr that is drawn again and again, so that people see that work goes on. It never hides the cursor:
 * however the process ends, nothing has to be brought back.
 */
export class ProgressLine {
  private text: string;
  private frame = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    title: string,
    private readonly ascii: boolean,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.text = title;
    this.draw();
    this.timer = setInterval(() => {
      this.draw();
    }, PACE);
    this.timer.unref();
  }

  say(text: string): void {
    this.text = text;
    this.draw();
  }

  /** Leaves the line as it was last, with a mark before it. */
  end(mark: string): void {
    this.clear();
    this.stream.write(`${mark} ${this.shown()}\n`);
  }

  /** Takes the line away, and stops. */
  clear(): void {
    clearInterval(this.timer);
    this.wipe();
  }

  private draw(): void {
    const frames = this.ascii ? ASCII_FRAMES : FRAMES;
    this.wipe();
    this.stream.write(`${frames[this.frame++ % frames.length] ?? ''} ${this.shown()}`);
  }

  private wipe(): void {
    cursorTo(this.stream, 0);
    clearLine(this.stream, 0);
  }

  /** A line that wraps could not be wiped. */
  private shown(): string {
    const columns = this.stream.isTTY ? this.stream.columns : LEAST_COLUMNS;
    return cut(oneLine(this.text), Math.max(10, columns - 3));
  }
}
