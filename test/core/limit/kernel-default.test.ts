import { describe, expect, it } from 'vitest';
import {
  isKernelRelease,
  kernelDefault,
  usableMemoryBytes,
} from '../../../lib/core/limit/kernel-default.js';

const GIB = 1_073_741_824;
const PAGE = 4_096;

describe('kernelDefault', () => {
  it.each([
    { memory: 0.93 * GIB, before: [30_720, 7_680], from: [7_680, 7_680] },
    { memory: 1.87 * GIB, before: [65_536, 16_384], from: [65_536, 65_536] },
    { memory: 3.75 * GIB, before: [65_536, 16_384], from: [65_536, 65_536] },
    { memory: 7.6 * GIB, before: [262_144, 65_536], from: [262_144, 262_144] },
    { memory: 15 * GIB, before: [262_144, 65_536], from: [262_144, 262_144] },
    { memory: 24 * GIB, before: [262_144, 65_536], from: [262_144, 262_144] },
  ])('gives $memory bytes the max and buckets of its kernel', ({ memory, before, from }) => {
    const both = (release: string) => {
      const { max, buckets } = kernelDefault(memory, release);
      return [max, buckets];
    };
    expect(both('5.10.245-245.983.amzn2.x86_64')).toEqual(before);
    expect(both('6.1.141-155.222.amzn2023.x86_64')).toEqual(from);
  });

  it.each([
    { memory: GIB, max: 8_192 },
    { memory: GIB + PAGE - 1, max: 8_192 },
    { memory: GIB + PAGE, max: 65_536 },
    { memory: 4 * GIB, max: 65_536 },
    { memory: 4 * GIB + PAGE - 1, max: 65_536 },
    { memory: 4 * GIB + PAGE, max: 262_144 },
  ])('compares strictly, and whole pages: $memory bytes give $max', ({ memory, max }) => {
    expect(kernelDefault(memory, '6.1').max).toBe(max);
  });

  it.each([
    { release: '4.14.336', max: 32_768 },
    { release: '5.4.0', max: 32_768 },
    { release: '5.14.99', max: 32_768 },
    { release: '5.15.0', max: 8_192 },
    { release: '6.1', max: 8_192 },
    { release: '6.18.44', max: 8_192 },
    { release: '10.0', max: 8_192 },
  ])('takes $release by its numbers, not by its letters', ({ release, max }) => {
    expect(kernelDefault(GIB, release).max).toBe(max);
  });

  it('rounds up to whole pages of buckets, and keeps the floor of each kernel', () => {
    // 13 x 512, as a report from a router with less than 1 GiB shows.
    expect(kernelDefault(13 * 512 * 131_072 - 131_072, '6.1').max).toBe(6_656);
    expect(kernelDefault(16 * 1_048_576, '6.1')).toEqual({ max: 1_024, buckets: 1_024 });
    expect(kernelDefault(16 * 1_048_576, '5.4')).toEqual({ max: 2_048, buckets: 512 });
  });

  it.each(['', 'banana', '6', 'v6.1', '6.1234'])('fails when the release is %j', (release) => {
    expect(isKernelRelease(release)).toBe(false);
    expect(() => kernelDefault(GIB, release)).toThrow(`such as 6.1, got '${release}'`);
  });
});

describe('usableMemoryBytes', () => {
  it.each([
    { nominalMiB: 1_024, max: 7_680 },
    { nominalMiB: 2_048, max: 65_536 },
    { nominalMiB: 4_096, max: 65_536 },
    { nominalMiB: 8_192, max: 262_144 },
  ])(
    'puts a node sold with $nominalMiB MiB into the row that it boots in',
    ({ nominalMiB, max }) => {
      expect(kernelDefault(usableMemoryBytes(nominalMiB), '6.1').max).toBe(max);
    },
  );
});
