import { distance } from 'fastest-levenshtein';

/** As many wrong characters as a typing error has. */
const FARTHEST = 3;

/** Up to three of these names that are closest to a mistyped one, closest first, whatever their case. */
export function near(mistyped: string, names: readonly string[]): string[] {
  const wanted = mistyped.toLowerCase();
  return names
    .map((name) => ({ name, wrong: distance(wanted, name.toLowerCase()) }))
    .filter(({ wrong }) => wrong <= FARTHEST)
    .sort((one, other) => one.wrong - other.wrong)
    .slice(0, 3)
    .map(({ name }) => name);
}
