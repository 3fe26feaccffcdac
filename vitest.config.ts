import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/own-tmpdir.ts'],
    // Audits of the simulated account mostly wait, so more files than cores run side by side.
    maxWorkers: 2 * availableParallelism(),
    // Ends only a test that hangs: a first CDK synth, the probe and a process take long on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
