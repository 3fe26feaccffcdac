import { distance } from 'fastest-levenshtein';

/** Characters that a typing error may get wrong, never more than half of them. */
const FARTHEST = 3;

/** Up to three of these names that are closest to a mistyped one, closest first, whatever their case. */
export function near(mistyped: string, names: readonly string[]): string[] {
  const wanted = mistyped.toLowerCase();
  const farthest = Math.min(FARTHEST, wanted.length / 2);
  return names
    .map((name) => ({ name, wrong: distance(wanted, name.toLowerCase()) }))
    .filter(({ wrong }) => wrong <= farthest)
    .sort((one, other) => one.wrong - other.wrong)
    .slice(0, 3)
    .map(({ name }) => name);
}
