import { defineConfig } from 'vitest/config';

/** The probe under every shell and awk it must run on. Needs dash, busybox, bash, mawk, gawk, original-awk and shellcheck. */
export default defineConfig({
  test: {
    include: ['test/probe/*.suite.ts'],
    testTimeout: 60_000,
  },
});
