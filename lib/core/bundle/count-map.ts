/** Counts by name. */
export class CountMap {
  private readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  /** The largest, most first; of equal ones the first by name. */
  top(most: number): readonly (readonly [string, number])[] {
    return [...this.counts]
      .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .slice(0, most);
  }

  told(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }
}
