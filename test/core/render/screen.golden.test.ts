import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { paintFor } from '../../../lib/cli/terminal.js';
import { formats, type Judged } from '../../../lib/core/render/index.js';
import type { View } from '../../../lib/core/render/read-where.js';
import { aTerminal } from '../../support/a-terminal.js';
import { theDemo } from '../../support/demo-run.js';

const MOST_LINES = 60;
const widths = [80, 100, 160] as const;
const looks = [
  { colour: false, ascii: false, name: 'plain' },
  { colour: true, ascii: false, name: 'colour' },
  { colour: false, ascii: true, name: 'ascii' },
] as const;
const screens = widths.flatMap((columns) => looks.map((look) => ({ columns, ...look })));

let demo: Judged;

beforeAll(async () => {
  demo = await theDemo();
}, 300_000);

function shown(columns: number, colour = false, ascii = false, view: View = 'screen'): string {
  const paint = paintFor(aTerminal({ colour }).terminal);
  const program = 'npx eks-conntrack-auditor';
  return formats.text(demo, { paint, program, columns, ascii, view, saved: 'run' });
}

function linesOf(text: string): string[] {
  return stripVTControlCharacters(text).trimEnd().split('\n');
}

describe('the screen of the demo', () => {
  it.each(screens)('at $columns columns, $name, is as it was read and approved', async (screen) => {
    const { columns, colour, ascii, name } = screen;
    await expect(shown(columns, colour, ascii)).toMatchFileSnapshot(
      `golden/screen-${columns}-${name}.txt`,
    );
  });

  it.each(screens)('at $columns columns, $name, has no longer line', ({ columns, ...look }) => {
    const lines = linesOf(shown(columns, look.colour, look.ascii));
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
  });

  it('takes at most 60 lines at 100 columns', () => {
    expect(linesOf(shown(100)).length).toBeLessThanOrEqual(MOST_LINES);
  });

  it('ends with the verdict and the next command', () => {
    const [verdict, next] = linesOf(shown(160)).slice(-2);
    expect(verdict).toMatch(/^CRITICAL in storefront \(web, edge, checkout\): 4 critical, /);
    expect(next).toBe('Next: npx eks-conntrack-auditor fix --plan --from run -o fixes');
  });

  it.each(widths)(
    'breaks no word at %i columns: its words are those of one long line',
    (columns) => {
      const words = (text: string) =>
        linesOf(text)
          .join(' ')
          .split(/[\s()]+/);
      const known = new Set(words(shown(10_000)));
      // Only the signs of a case depend on the width: what has no room is counted.
      const broken = words(shown(columns)).filter((word) => !known.has(word) && !isSign(word));
      expect(broken).toEqual([]);
    },
  );

  it('holds ASCII alone for a locale of C', () => {
    expect(shown(100, false, true)).toMatch(/^[\n -~]*$/);
    expect(shown(100)).not.toMatch(/^[\n -~]*$/);
  });

  it('is the same without its colours', () => {
    expect(linesOf(shown(100, true))).toEqual(linesOf(shown(100)));
  });
});

describe('the whole report of the demo', () => {
  it.each(widths)('has no line longer than %i columns', (columns) => {
    const lines = linesOf(shown(columns, false, false, 'full'));
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
    expect(lines.filter((line) => /^(CRITICAL|WARNING|NOTICE) {2}/.test(line))).toHaveLength(45);
  });
});

/** `+3`, or a sign with the comma after it, which at another width may be the last. */
function isSign(word: string): boolean {
  return /^\+\d+$/.test(word) || /^[a-z-]+,?$/.test(word);
}
