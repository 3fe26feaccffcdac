import { defineConfig } from 'vitest/config';

/**
 * The stack, deployed to moto with the real `cdk`, and the function as it is deployed. For machines that have
 * Python and moto: `npm run test:deploy`.
 */
export default defineConfig({
  test: {
    include: ['test/deploy/**/*.suite.ts'],
    globalSetup: ['test/support/own-tmpdir.ts'],
    // Each deployment bundles and synthesizes, and each audit waits for nodes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One test stands on what the one before has left.
    bail: 1,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
