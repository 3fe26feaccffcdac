/** A straight line through points, and how well it fits. */
export interface StraightLine {
  /** What y grows by for each x. */
  readonly slope: number;
  /** The share 0..1 of the ups and downs of y that the line explains (r²). */
  readonly fit: number;
}

/**
 * The line with the least squares of distances to these points. Nothing where there is none: all
 * points lie at one x. A line through points of one height explains all of their ups and downs.
 */
export function straightLine(
  points: readonly { readonly x: number; readonly y: number }[],
): StraightLine | undefined {
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const away = points.map(({ x, y }) => ({ x: x - middle.x, y: y - middle.y }));
  const xx = sum(away.map(({ x }) => x * x));
  const xy = sum(away.map(({ x, y }) => x * y));
  const yy = sum(away.map(({ y }) => y * y));
  if (xx === 0) return undefined;
  return { slope: xy / xx, fit: yy === 0 ? 1 : (xy * xy) / (xx * yy) };
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
