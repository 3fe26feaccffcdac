/** The page of a run, beside its values. */
export const PAGE_KEY = 'report.html';

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._=-]*$/;

/**
 * Checks that a key of a run means the same in a folder and in a bucket: names of letters, digits
 * and `. _ = -`, joined by `/`. So no key leaves its run, and none hides behind a leading dot.
 */
export function checkRunKey(key: string): string {
  if (key.split('/').every((segment) => SEGMENT.test(segment))) return key;
  throw new Error(
    `a key of a run should be names of letters, digits, '.', '_', '=' and '-' joined by '/', got '${key}'`,
  );
}

/** A value as the text to keep. Fails on a value that JSON would leave out without a word. */
export function runBody(key: string, value: unknown): string {
  if (value === undefined) {
    throw new Error(`'${key}' needs a value that JSON can carry, got undefined`);
  }
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
