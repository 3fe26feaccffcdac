import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * The product against a fake account that fails on purpose, on 127.0.0.1 and in a process of its own:
 * `npm run test:faults`. Time is simulated, so nothing here depends on the speed of the machine.
 */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.suite.ts'],
    globalSetup: ['test/support/own-tmpdir.ts'],
    // Each file works by itself and has its fake account beside it: more only wait for a place.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
