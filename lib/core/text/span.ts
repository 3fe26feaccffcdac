const units = { m: 60, h: 3_600, d: 86_400 } as const;

/** A time as people write it: whole minutes, hours or days. */
export type Span = `${number}${keyof typeof units}`;

/** Nine digits are enough for everybody, and JavaScript rounds no such number. */
const SPAN = /^([1-9]\d{0,8})([mhd])$/;

/** What a message asks for. */
export const SPAN_WORDS = 'a time such as 30m, 6h or 2d';

/** Whether a text is a time such as `30m`, `6h` or `2d`. */
export function isSpan(text: string): text is Span {
  return SPAN.test(text);
}

/** The seconds of `30m`, `6h` or `2d`. */
export function secondsOf(span: Span): number {
  const unit = span.slice(-1) as keyof typeof units;
  return Number(span.slice(0, -1)) * units[unit];
}
