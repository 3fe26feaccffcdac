import { defineConfig } from 'vitest/config';

/**
 * Predictions against the real kernel. Needs Linux, root, and the packages iproute2, nftables and
 * conntrack; it fails where they are missing. What it changes is global, so files run one by one.
 */
export default defineConfig({
  test: {
    include: ['test/kernel/*.suite.ts'],
    globalSetup: ['test/kernel/hold-settings.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
