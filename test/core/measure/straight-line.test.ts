import { describe, expect, it } from 'vitest';
import { straightLine } from '../../../lib/core/measure/straight-line.js';

const through = (...heights: number[]) => straightLine(heights.map((y, x) => ({ x, y })));

describe('straightLine', () => {
  it('goes through points that lie on it', () => {
    expect(through(10, 13, 16, 19)).toEqual({ slope: 3, fit: 1 });
    expect(through(19, 16, 13, 10)).toEqual({ slope: -3, fit: 1 });
  });

  it('has the least squares of distances to points that do not', () => {
    // By hand: x away from 1.5, y from 3; their products sum up to 4, squares to 5 and 6.
    const line = through(1, 4, 3, 4);
    expect(line?.slope).toBeCloseTo(0.8);
    expect(line?.fit).toBeCloseTo(16 / 30);
  });

  it('goes by distance in time, and not by order', () => {
    const points = [0, 1, 10].map((x) => ({ x, y: 5 * x }));
    expect(straightLine(points)?.slope).toBeCloseTo(5);
  });

  it('is level through points of one height', () => {
    expect(through(4, 4, 4)).toEqual({ slope: 0, fit: 1 });
  });

  it('is none through points of one time, nor through no points', () => {
    const at = (y: number) => ({ x: 7, y });
    expect(straightLine([at(1), at(2)])).toBeUndefined();
    expect(straightLine([at(1)])).toBeUndefined();
    expect(straightLine([])).toBeUndefined();
  });
});
