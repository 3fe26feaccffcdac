import { InvalidArgumentError } from '@commander-js/extra-typings';
import { formats, type Format } from '../core/render/index.js';
import { near } from '../core/text/near.js';

/** One form of a report, and the file for it. Without a file it is printed. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
}

const names = Object.keys(formats) as Format[];

/**
 * Reads `--format json -o report.json --format csv` in its order: a file is of the format before it, and a format
 * without a file is printed. One rule, and no guess from how a file is called.
 */
export class Outputs {
  private readonly all: Output[] = [];

  format(text: string): readonly Output[] {
    const format = names.find((name) => name === text);
    if (format === undefined) {
      const [meant] = near(text, names);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      throw new InvalidArgumentError(`should be one of ${names.join(', ')}, got '${text}'${hint}`);
    }
    this.all.push({ format });
    return this.all;
  }

  file(file: string): readonly Output[] {
    const last = this.all.at(-1);
    if (last === undefined || last.file !== undefined) {
      throw new InvalidArgumentError(
        `should follow the --format that it is for, as in --format json -o ${file}, got '${file}'`,
      );
    }
    this.all.splice(-1, 1, { ...last, file });
    return this.all;
  }
}

/** What is printed: the one format without a file, else the text. Fails where there are two. */
export function printedFormat(outputs: readonly Output[], json: boolean): Format {
  const printed = outputs.filter(({ file }) => file === undefined).map(({ format }) => format);
  const [format = json ? 'json' : 'text', another] = printed;
  if (another !== undefined || (json && printed.length > 0)) {
    const both = [...(json ? ['--json'] : []), ...printed.map((one) => `--format ${one}`)];
    throw new Error(`only one format can be printed, got ${both.join(' and ')}; -o writes a file`);
  }
  return format;
}
