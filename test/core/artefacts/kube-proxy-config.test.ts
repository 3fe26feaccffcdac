import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import { kubeProxyConfigScript } from '../../../lib/core/artefacts/kube-proxy-config.js';
import { aContext } from '../../support/a-context.js';
import { editable, EKS_CONFIG, refused } from '../../support/kube-proxy-configurations.js';
import { StubCluster } from '../../support/stub-cluster.js';

let cluster: StubCluster;

beforeAll(() => {
  cluster = new StubCluster();
});

afterAll(() => {
  cluster.remove();
});

const context = { ...aContext, cluster: 'shop', region: 'eu-west-1' };
const script = artefactText(
  kubeProxyConfigScript({ file: 'x.sh', place: 'recommended', values: { min: 524_288 } }, context),
);
const changed = EKS_CONFIG.replace('131072', '524288');

function withMin(config: string): unknown {
  const { conntrack, ...rest } = parse(config) as Record<string, object | null>;
  return { ...rest, conntrack: { ...conntrack, min: 524_288 } };
}

describe('the script that changes kube-proxy’s configuration', () => {
  it.each(Object.entries(editable))(
    'restarts kube-proxy once, with the value and all else as it was: %s',
    (_form, config) => {
      const { status, config: after, restarts } = cluster.run(script, config);
      expect(status).toBe(0);
      expect(parse(after)).toEqual(withMin(config));
      expect(restarts).toEqual([after]);
    },
  );

  it.each(Object.entries(refused).slice(0, 8))(
    'changes and restarts nothing: %s',
    (_form, [config, said]) => {
      const { status, config: after, restarts, asked, notes } = cluster.run(script, config);
      expect({ status, after, restarts }).toEqual({ status: 1, after: config, restarts: [] });
      expect(asked.join()).not.toMatch(/patch|rollout/);
      expect(notes).toContain(said);
    },
  );

  it('says how to undo it before it changes anything, shows what changes, and undoes it', () => {
    const { out } = cluster.run(script, EKS_CONFIG);
    expect(out).toContain('-  min: 131072\n+  min: 524288\n');
    const undo = /^undo: (.+)$/m.exec(out)?.[1] ?? '';
    expect(cluster.run(undo, changed)).toMatchObject({ status: 0, config: EKS_CONFIG });
    const refusedPatch = cluster.run(script, EKS_CONFIG, { FAILS: 'patch configmap' });
    expect(refusedPatch.out).toContain('undo: kubectl');
  });

  it('bounds how long it waits, and stays with the context that it began with', () => {
    const { asked } = cluster.run(script, EKS_CONFIG);
    expect(asked.at(-1)).toContain('rollout status daemonset kube-proxy --timeout=15m');
    expect(asked.slice(1).every((call) => call.startsWith('--context admin@shop '))).toBe(true);
  });

  it('takes the change back where kube-proxy does not come up', () => {
    const { status, config, restarts, notes } = cluster.run(script, EKS_CONFIG, {
      FAILS: 'rollout status',
    });
    expect({ status, config }).toEqual({ status: 1, config: EKS_CONFIG });
    expect(restarts).toEqual([changed, EKS_CONFIG]);
    expect(notes).toContain('the change is taken back');
  });

  it('leaves the ConfigMap alone where the patch is refused, and restarts nothing', () => {
    const { status, config, restarts, notes } = cluster.run(script, EKS_CONFIG, {
      FAILS: 'patch configmap',
    });
    expect({ status, config, restarts }).toEqual({ status: 1, config: EKS_CONFIG, restarts: [] });
    expect(notes).toContain('stays as it is');
  });

  it('does not restart with what somebody else wrote meanwhile, nor write over it', () => {
    const theirs = EKS_CONFIG.replace('131072', '7');
    const { status, config, restarts } = cluster.run(script, EKS_CONFIG, { MEANWHILE: theirs });
    expect({ status, config, restarts }).toEqual({ status: 1, config: theirs, restarts: [] });
  });

  it('changes nothing where the value is there already', () => {
    const { status, out, restarts, asked } = cluster.run(script, changed);
    expect({ status, restarts }).toEqual({ status: 0, restarts: [] });
    expect(asked.join()).not.toContain('patch');
    expect(out).toContain('holds this already');
  });

  it.each(['shop', 'arn:aws-cn:eks:eu-west-1:1:cluster/shop', 'shop.eu-west-1.eksctl.io'])(
    'knows the cluster as %s',
    (name) => {
      expect(cluster.run(script, EKS_CONFIG, { CLUSTER: name }).status).toBe(0);
    },
  );

  it.each([
    'shop2',
    'my-shop',
    'arn:aws:eks:eu-west-1:1:cluster/shop2',
    'arn:aws:eks:eu-west-2:1:cluster/shop',
    'shop.eu-west-2.eksctl.io',
    '',
  ])('asks a cluster named %j for nothing', (name) => {
    const { status, asked, notes } = cluster.run(script, EKS_CONFIG, { CLUSTER: name });
    expect(status).toBe(1);
    expect(asked).toHaveLength(2);
    expect(notes).toContain(`for the cluster 'shop', and the context 'admin@shop' is of '${name}'`);
  });

  it('takes another name for the cluster only where it is told so', () => {
    const env = { CLUSTER: 'kind-shop', CLUSTER_IS: 'kind-shop' };
    expect(cluster.run(script, EKS_CONFIG, env).status).toBe(0);
    expect(cluster.run(script, EKS_CONFIG, { ...env, CLUSTER: 'other' }).status).toBe(1);
  });

  it('fits a cluster of any name into its shell', () => {
    const name = `it's "$(touch x)" *`;
    const odd = artefactText(
      kubeProxyConfigScript(
        { file: 'x.sh', place: 'recommended', values: { min: 524_288 } },
        { ...context, cluster: name },
      ),
    );
    expect(cluster.run(odd, EKS_CONFIG, { CLUSTER: name }).status).toBe(0);
    expect(cluster.run(odd, EKS_CONFIG, { CLUSTER: `it's anything` }).status).toBe(1);
  });

  it('says what keeps an update of the add-on from taking the change back', () => {
    expect(script).toContain('--resolve-conflicts PRESERVE');
  });
});
