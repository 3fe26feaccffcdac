/**
 * Makes text safe to show: control characters, line breaks and the marks that reorder or hide text
 * become `?`. Names of node groups and clusters come from tags, and a tag may hold anything.
 */
export function printable(text: string, longest = 200): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
  return safe.length <= longest ? safe : `${safe.slice(0, longest - 1)}…`;
}
