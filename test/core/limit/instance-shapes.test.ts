import { describe, expect, it } from 'vitest';
import {
  bundledShapes,
  bundledShapesInfo,
  findShape,
} from '../../../lib/core/limit/instance-shapes.js';

describe('bundledShapes', () => {
  it('are as many as they say, sorted, and none twice', () => {
    const types = bundledShapes.map(({ instanceType }) => instanceType);
    expect(types).toHaveLength(bundledShapesInfo.count);
    expect(types).toEqual([...new Set(types)].sort());
    expect(types.length).toBeGreaterThan(1_000);
  });

  it('say where they come from and when', () => {
    expect(bundledShapesInfo.generatedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(bundledShapesInfo.source).toContain('DescribeInstanceTypes');
  });

  it('hold only what an InstanceShape may hold', () => {
    for (const shape of bundledShapes) {
      expect(shape.vcpus).toBeGreaterThanOrEqual(1);
      expect(shape.memoryMiB).toBeGreaterThan(0);
      expect(['x86_64', 'arm64', 'i386', 'other']).toContain(shape.architecture);
      expect(['nitro', 'xen', 'none']).toContain(shape.hypervisor);
    }
  });

  it.each([
    ['t3.xlarge', 4, 16_384, 'x86_64', 'nitro'],
    ['t2.medium', 2, 4_096, 'x86_64', 'xen'],
    ['m7g.large', 2, 8_192, 'arm64', 'nitro'],
    ['m5.metal', 96, 393_216, 'x86_64', 'none'],
  ])('know %s', (instanceType, vcpus, memoryMiB, architecture, hypervisor) => {
    const shape = { instanceType, vcpus, memoryMiB, architecture, hypervisor };
    expect(findShape(instanceType)).toEqual(shape);
  });

  it('know no type that does not exist', () => {
    expect(findShape('t3.banana')).toBeUndefined();
    expect(findShape('constructor')).toBeUndefined();
  });
});
