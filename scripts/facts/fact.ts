/** A fact of the outside on which advice rests. It can change without us, so it has a day. */
export interface Fact {
  /** Words joined by '-'; tests hold the code to it by this. */
  readonly id: string;
  readonly what: string;
  /** As people read it; numbers as in text: `1,048,576`. */
  readonly value: string;
  /** Where it is stated. */
  readonly source: string;
  /** Day of the last look at it, ISO 8601. */
  readonly checked: string;
  /** Through whom it was read, if not at its source. */
  readonly via?: string;
  /** What would be wrong if it changed. */
  readonly carries: string;
}

/** After so many days somebody should look again. A house choice: Kubernetes has three minors a year. */
export const LOOK_AGAIN_DAYS = 90;

const DAY = 86_400_000;

/** How many whole days lie between the last look and `today`, an ISO 8601 day. */
export function daysSince(checked: string, today: string): number {
  return Math.floor((Date.parse(today) - Date.parse(checked)) / DAY);
}

/** The facts that were last looked at more than 90 days before `today`, oldest first. */
export function oldFacts(facts: readonly Fact[], today: string): Fact[] {
  return facts
    .filter(({ checked }) => daysSince(checked, today) > LOOK_AGAIN_DAYS)
    .sort((a, b) => Date.parse(a.checked) - Date.parse(b.checked));
}
