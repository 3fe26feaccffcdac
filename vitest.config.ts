import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/own-tmpdir.ts'],
    // Audits of the simulated account mostly wait, so more files than cores run side by side.
    maxWorkers: 2 * availableParallelism(),
    // A first CDK synth loads aws-cdk-lib, and the probe runs for real: both take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
