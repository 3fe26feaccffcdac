import { defineConfig } from 'vitest/config';

/** The package as others install it, for machines with a registry in reach: `npm run test:package`. */
export default defineConfig({
  test: {
    include: ['test/package/**/*.suite.ts'],
    fileParallelism: false,
    // An install waits for a registry, and TypeScript for a busy machine.
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
