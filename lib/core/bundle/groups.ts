/** What a pattern captured in a text, each group by its number; empty where there is none. */
export function groupsOf(pattern: RegExp, text: string): (number: number) => string {
  const found: readonly (string | undefined)[] = pattern.exec(text) ?? [];
  return (number) => found[number] ?? '';
}
