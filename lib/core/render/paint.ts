import type { Severity } from '../judge/severity.js';

/** How a report is coloured. Each function wraps text and adds no visible character. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
}

const same = (text: string) => text;

/** No colour: for mail, files and pipes. */
export const plain: Paint = {
  severity: { critical: same, warning: same, notice: same },
  strong: same,
  faint: same,
  good: same,
};
