import stringWidth from 'string-width';

/** Colours of a terminal: its ground, its text, and those of `Paint`. */
export interface Theme {
  readonly ground: string;
  readonly frame: string;
  readonly text: string;
  readonly faint: string;
  readonly red: string;
  readonly yellow: string;
  readonly cyan: string;
  readonly green: string;
}

/** Each text is at least 4.5 times as bright or dark as its ground. */
export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: '#ffffff',
    frame: '#d0d7de',
    text: '#1f2328',
    faint: '#59636e',
    red: '#b3261e',
    yellow: '#7d5200',
    cyan: '#005f87',
    green: '#116329',
  },
  dark: {
    ground: '#0d1117',
    frame: '#3d444d',
    text: '#e6edf3',
    faint: '#9198a1',
    red: '#ff7b72',
    yellow: '#e3b341',
    cyan: '#56d4dd',
    green: '#56d364',
  },
};

/** Pixels of a character cell of 14 px type, and around the text. */
const CELL = { width: 8.43, height: 19 };
const MARGIN = 20;

/** A picture of what a terminal of so many columns shows: text with the escape sequences of its colours. */
export function screenSvg(screen: string, columns: number, theme: Theme, says: string): string {
  const lines = screen.trimEnd().split('\n');
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = Math.ceil(lines.length * CELL.height + 2 * MARGIN);
  const rows = lines.map((line, at) => row(runsOf(line), at, theme)).filter((text) => text !== '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(says)}">
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.ground}" stroke="${theme.frame}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="14" fill="${theme.text}">
${rows.join('\n')}
</g>
</svg>
`;
}

const ESCAPE = String.fromCharCode(27);

interface Style {
  readonly colour?: keyof Theme;
  readonly bold?: boolean;
}

interface Run extends Style {
  readonly text: string;
}

/** Codes of colours and weights that picocolors writes, and what each makes of a style. */
const codes: Readonly<Record<string, (style: Style) => Style>> = {
  1: (style) => ({ ...style, bold: true }),
  2: (style) => ({ ...style, colour: 'faint' }),
  22: ({ colour }) => (colour === undefined || colour === 'faint' ? {} : { colour }),
  31: (style) => ({ ...style, colour: 'red' }),
  32: (style) => ({ ...style, colour: 'green' }),
  33: (style) => ({ ...style, colour: 'yellow' }),
  36: (style) => ({ ...style, colour: 'cyan' }),
  39: ({ bold }) => (bold === true ? { bold } : {}),
};

/** The parts of a line that look alike. Fails at a code that it does not know. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let style: Style = {};
  const [first = '', ...parts] = line.split(`${ESCAPE}[`);
  if (first !== '') runs.push({ text: first });
  for (const part of parts) {
    const [, code = '', text = ''] = /^(\d+)m(.*)$/.exec(part) ?? [];
    const change = codes[code];
    if (change === undefined)
      throw new Error(`no picture is drawn of the escape code in '${part}'`);
    style = change(style);
    if (text !== '') runs.push({ ...style, text });
  }
  return runs;
}

/** One line. Each run has its place and its length, so that columns stand under one another in any font. */
function row(runs: readonly Run[], at: number, theme: Theme): string {
  let column = 0;
  const y = Math.round(MARGIN + (at + 0.75) * CELL.height);
  const parts = runs.map(({ text, colour, bold }) => {
    const indent = text.length - text.trimStart().length;
    const shown = text.trim();
    const x = (MARGIN + (column + indent) * CELL.width).toFixed(1);
    column += stringWidth(text);
    if (shown === '') return '';
    const length = (stringWidth(shown) * CELL.width).toFixed(1);
    const fill = colour === undefined ? '' : ` fill="${theme[colour]}"`;
    const weight = bold === true ? ' font-weight="700"' : '';
    return `<text x="${x}" y="${y}" textLength="${length}" xml:space="preserve"${fill}${weight}>${escaped(shown)}</text>`;
  });
  return parts.filter((part) => part !== '').join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
