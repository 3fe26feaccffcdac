import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A first CDK synth loads aws-cdk-lib, and the probe runs for real: both take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
