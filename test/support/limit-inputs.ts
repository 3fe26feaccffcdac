import type { LimitInputs } from '../../lib/core/limit/expected-limit.js';
import { findShape } from '../../lib/core/limit/instance-shapes.js';

/** An Amazon Linux 2023 node of a type that every test may rely on. */
export function inputsOf(instanceType: string, more: Partial<LimitInputs> = {}): LimitInputs {
  const shape = findShape(instanceType);
  if (shape === undefined) throw new Error(`no bundled shape of ${instanceType}`);
  const { vcpus, memoryMiB } = shape;
  return { memory: { nominalMiB: memoryMiB }, vcpus, kernel: '6.1', os: 'al2023', ...more };
}
