import { describe, expect, it } from 'vitest';
import { programName } from '../lib/program.js';

describe('how the program is called again', () => {
  it.each([
    ['a checkout', '/home/a/auditor/bin/conntrack-auditor.ts', 'npm run --silent cli --'],
    [
      'npx of the package',
      '/home/a/.npm/_npx/5b1f/node_modules/.bin/eks-conntrack-auditor',
      'npx eks-conntrack-auditor',
    ],
    [
      'a project that installed it',
      '/home/a/app/node_modules/.bin/conntrack-auditor',
      'npx conntrack-auditor',
    ],
    ['a global install', '/usr/local/bin/conntrack-auditor', 'conntrack-auditor'],
    ['a build', '/a/dist/cli/conntrack-auditor.js', 'node /a/dist/cli/conntrack-auditor.js'],
    ['Windows', 'C:\\app\\node_modules\\.bin\\conntrack-auditor', 'npx conntrack-auditor'],
    [
      'a function in the cloud, whose reader is elsewhere',
      '/var/runtime/index.mjs',
      'conntrack-auditor',
    ],
    ['another program', '/home/a/app/node_modules/.bin/vitest', 'conntrack-auditor'],
    ['nothing that is known', undefined, 'conntrack-auditor'],
  ])('is known from the file of %s', (_, file, name) => {
    expect(programName(file)).toBe(name);
  });
});
