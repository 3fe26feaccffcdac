import { expectedLimit, usableBytes, type LimitInputs } from './expected-limit.js';

const GIB = 1_073_741_824;

/** vCPU counts of the sizes of most EC2 families. Beyond the last, the next step is twice as many. */
const vcpuSizes = [1, 2, 4, 8, 16, 32, 48, 64, 96, 128, 192];

/** The vCPU counts at which to look for a change of the limit: all EC2 sizes above this one. */
export function largerVcpuSizes(vcpus: number): number[] {
  return [...vcpuSizes.filter((size) => size > vcpus), Math.max(vcpus, ...vcpuSizes) * 2];
}

/** The smallest larger vCPU count with a higher limit. Undefined: none has one, or no limit is expected. */
export function nextVcpuStep(
  inputs: LimitInputs,
): { readonly vcpus: number; readonly limit: number } | undefined {
  const steps = largerVcpuSizes(inputs.vcpus).map((vcpus) => ({
    vcpus,
    limit: expectedLimit({ ...inputs, vcpus }).expected,
  }));
  return firstAbove(steps, expectedLimit(inputs).expected);
}

/** What more memory would do to the limit. */
export interface MemoryStep {
  /** Usable memory must exceed this; nominal sizes are 2 % to 7 % larger. */
  readonly aboveBytes: number;
  readonly limit: number;
}

/** The smallest step of memory with a higher limit. Undefined: there is none. */
export function nextMemoryStep(inputs: LimitInputs): MemoryStep | undefined {
  const steps = memoryThresholds(inputs).map((aboveBytes) => ({
    aboveBytes,
    limit: expectedLimit(withMemoryAbove(inputs, aboveBytes)).expected,
  }));
  return firstAbove(steps, expectedLimit(inputs).expected);
}

/** The same node with as much memory as can matter. */
export function withMostMemory(inputs: LimitInputs): LimitInputs {
  return withMemoryAbove(inputs, Math.max(4 * GIB, usableBytes(inputs.memory)));
}

function memoryThresholds(inputs: LimitInputs): number[] {
  return [GIB, 4 * GIB].filter((threshold) => threshold >= usableBytes(inputs.memory));
}

function withMemoryAbove(inputs: LimitInputs, aboveBytes: number): LimitInputs {
  // The kernel compares whole pages, so a single byte more does not count.
  return { ...inputs, memory: { usableBytes: aboveBytes + 4_096 } };
}

function firstAbove<T extends { readonly limit: number | undefined }>(
  steps: readonly T[],
  current: number | undefined,
): (T & { readonly limit: number }) | undefined {
  return steps.find((step): step is T & { readonly limit: number } => {
    return current !== undefined && step.limit !== undefined && step.limit > current;
  });
}
