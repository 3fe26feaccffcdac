import { defineConfig } from 'vitest/config';

/** The page in a browser, for machines that have Chromium: `npm run test:page`. */
export default defineConfig({
  test: {
    include: ['test/page/**/*.suite.ts'],
    // One browser at a time: how soon a page is painted is measured.
    fileParallelism: false,
    // The pages of the whole built-in fleet and of 10,000 nodes are made first, however busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 900_000,
  },
});
