import { defineConfig } from 'vitest/config';

/** The adapters against moto's server, for machines that have Python and moto: `npm run test:moto`. */
export default defineConfig({
  test: {
    include: ['test/moto/**/*.suite.ts'],
    globalSetup: ['test/moto/moto-server.ts'],
    // Moto reads its list of instance types when it is first asked for one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
