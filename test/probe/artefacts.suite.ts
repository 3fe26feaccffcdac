import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { artefactsFor, renderable } from '../../lib/core/artefacts/index.js';
import { userDataScript } from '../../lib/core/artefacts/user-data.js';
import { artefactText } from '../../lib/cli/print-artefact.js';

const context = {
  cluster: 'payments',
  limit: 262_144,
  os: 'al2023',
  dnsAddress: '172.20.0.10',
  domain: 'cluster.local',
  proxyMode: 'iptables',
} as const;

const scripts = renderable
  .flatMap((remedy) => artefactsFor(remedy, context))
  .filter(({ kind }) => kind === 'bash')
  .map((artefact) => ({ file: artefact.file, text: artefactText(artefact) }));

describe('scripts that are printed', () => {
  it.each([...scripts, { file: 'user data', text: userDataScript({ nf_conntrack_max: 1 }) }])(
    '$file passes shellcheck',
    ({ text }) => {
      expect(() =>
        execFileSync('shellcheck', ['-'], { input: text, encoding: 'utf8' }),
      ).not.toThrow();
    },
  );
});
