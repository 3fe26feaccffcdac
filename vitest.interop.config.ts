import { defineConfig } from 'vitest/config';

/** The simulated account under clients of other makers. Needs the AWS CLI: `aws` on the PATH. */
export default defineConfig({
  test: {
    include: ['test/interop/*.suite.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
