import { stripVTControlCharacters } from 'node:util';
import { paintFor } from '../../lib/cli/terminal.js';
import { formats, type Judged } from '../../lib/core/render/index.js';
import { PROGRAM } from '../../lib/program.js';
import { screenSvg, themes } from './screen-svg.js';

const COLUMNS = 100;
/** Cases that the picture of README.md shows. */
const CASES = 7;

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

/** Verdict, plan, the worst cases and the next command. Fails where the screen has no cases. */
function topOf(screen: string): string {
  const lines = screen.trimEnd().split('\n');
  const words = lines.map(stripVTControlCharacters);
  const cases = words.findIndex((line) => line.startsWith('Cases '));
  if (cases < 0) throw new Error("the screen should have a line that begins with 'Cases '");
  const end = words.findLastIndex((line) => line === '');
  const left = words.slice(cases).indexOf('') - 1 - CASES;
  const more = left > 0 ? [`[... ${left} more cases, silent nodes, what was not judged]`] : [];
  return [...lines.slice(0, cases + 1 + CASES), ...more, ...lines.slice(end)].join('\n');
}
