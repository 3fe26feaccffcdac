/** From worst to mildest. */
export const severities = ['critical', 'warning', 'notice'] as const;
export type Severity = (typeof severities)[number];

/** 0 is the worst. */
export function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Whether the first of two is the worse one. */
export function isWorse(one: Severity, than: Severity): boolean {
  return rankOf(one) < rankOf(than);
}

/** Sorts by severity, worst first. */
export function worstFirst(a: { severity: Severity }, b: { severity: Severity }): number {
  return rankOf(a.severity) - rankOf(b.severity);
}
