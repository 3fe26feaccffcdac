import { stripVTControlCharacters } from 'node:util';
import { paintFor } from '../../lib/cli/terminal.js';
import { formats, type Judged } from '../../lib/core/render/index.js';
import { PROGRAM } from '../../lib/program.js';
import { screenSvg, themes } from './screen-svg.js';

const COLUMNS = 100;
/** How much the picture of README.md shows of the plan, and of the cases. */
const PLAN_LINES = 9;
const CASES = 5;

/** The pictures of a judged run, by file name: the whole screen, and as much of it as a README needs. */
export function picturesOf(run: Judged): Record<string, string> {
  const whole = screenOf(run);
  const top = topOf(whole);
  const says = `A report in a terminal: ${stripVTControlCharacters(whole.split('\n')[0] ?? '')}`;
  return Object.fromEntries(
    Object.entries(themes).flatMap(([name, theme]) => [
      [`report-${name}.svg`, screenSvg(top, COLUMNS, theme, says)],
      [`screen-${name}.svg`, screenSvg(whole, COLUMNS, theme, says)],
    ]),
  );
}

function screenOf(run: Judged): string {
  const paint = paintFor({ colour: true });
  const view = 'screen' as const;
  const where = { paint, program: PROGRAM, columns: COLUMNS, ascii: false, view, saved: 'run' };
  return formats.text(run, where);
}

/** Verdict, the best actions, the worst cases and the next command. Fails where the screen has no plan or no cases. */
function topOf(screen: string): string {
  const lines = screen.trimEnd().split('\n');
  const words = lines.map(stripVTControlCharacters);
  const at = (start: string) => {
    const found = words.findIndex((line) => line.startsWith(start));
    if (found < 0) throw new Error(`the screen should have a line that begins with '${start}'`);
    return found;
  };
  const [plan, cases] = [at('What to do'), at('Cases ')];
  const planEnd = plan + 1 + actionsWithin(words.slice(plan + 1), PLAN_LINES);
  const end = words.findLastIndex((line) => line === '');
  return [
    ...lines.slice(0, planEnd),
    '    [...]',
    '',
    ...lines.slice(cases, cases + 1 + CASES),
    '[...]',
    ...lines.slice(end),
  ].join('\n');
}

/** How many lines whole actions take, at most so many. */
function actionsWithin(lines: readonly string[], most: number): number {
  const begins = lines.flatMap((line, at) => (/^ {1,2}\d+ /.test(line) ? [at] : []));
  return Math.max(0, ...begins.filter((begin) => begin <= most));
}
