import { describe, expect, it } from 'vitest';
import { shapesByType } from '../../../lib/core/node/shapes-by-type.js';
import { shape } from '../../support/a-node.js';

describe('shapesByType', () => {
  it('finds each shape by its type, and is made once for a fleet', () => {
    const shapes = [shape, { ...shape, instanceType: 'm5.xlarge', vcpus: 4 }];
    expect(shapesByType(shapes).get('m5.xlarge')?.vcpus).toBe(4);
    expect(shapesByType(shapes).get('m5.9xlarge')).toBeUndefined();
    expect(shapesByType(shapes)).toBe(shapesByType(shapes));
  });
});
