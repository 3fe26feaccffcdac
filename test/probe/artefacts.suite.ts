import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { artefactsFor, renderable } from '../../lib/core/artefacts/index.js';
import { userDataScript } from '../../lib/core/artefacts/user-data.js';
import { artefactText } from '../../lib/cli/print-artefact.js';
import { aContext } from '../support/a-context.js';
import { EKS_CONFIG } from '../support/kube-proxy-configurations.js';
import { StubCluster } from '../support/stub-cluster.js';

const scripts = renderable
  .flatMap((remedy) => artefactsFor(remedy, aContext))
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

  it.each(['dash', 'busybox sh', 'bash'])('change kube-proxy’s configuration under %s', (shell) => {
    const cluster = new StubCluster();
    const { text } = scripts.find(({ file }) => file === 'raise-limit.sh') ?? { text: 'exit 9' };
    const env = { CLUSTER: aContext.cluster };
    const { status, config, restarts } = cluster.run(text, EKS_CONFIG, env, shell.split(' '));
    const changed = EKS_CONFIG.replace('131072', '262144');
    expect({ status, config, restarts }).toEqual({
      status: 0,
      config: changed,
      restarts: [changed],
    });
    cluster.remove();
  });
});
