import type { Severity } from '../judge/severity.js';

/** How a part of a line can look. */
export type Style = Severity | 'strong' | 'faint' | 'good';

/** How a report is coloured. Each function wraps text and adds no visible character. */
export type Paint = Readonly<Record<Style, (text: string) => string>>;

const same = (text: string) => text;

/** No colour: for mail, files and pipes. */
export const plain: Paint = {
  critical: same,
  warning: same,
  notice: same,
  strong: same,
  faint: same,
  good: same,
};
