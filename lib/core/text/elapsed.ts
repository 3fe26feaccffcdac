/** Seconds from one time to another, both ISO 8601; below 0 if the second one is earlier. */
export function elapsed(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}
