import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kernelDefault } from '../../lib/core/limit/kernel-default.js';
import { readSysctl } from './sysctls.js';

describe('the default of this kernel', () => {
  it('is the one that the model predicts from its memory', () => {
    const [, total] = /MemTotal:\s+(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
    const release = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
    expect(kernelDefault(Number(total) * 1_024, release)).toEqual({
      max: readSysctl('max'),
      buckets: readSysctl('buckets'),
    });
  });
});
