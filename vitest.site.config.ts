import { defineConfig } from 'vitest/config';

/** The site of the documents, for machines that have Chromium and the tools of `site/`: `npm run test:site`. */
export default defineConfig({
  test: {
    include: ['test/site/**/*.suite.ts'],
    globalSetup: ['test/site/build-site.ts'],
    fileParallelism: false,
    // A build takes a minute on a busy machine, and axe looks at every page twice.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
