import { describe, expect, it } from 'vitest';
import { parseKubeProxy } from '../../../../lib/core/node/parse/kube-proxy.js';
import type { KubeProxyConfig } from '../../../../lib/core/node/snapshot.js';

const parse = (kubeProxy: unknown, config?: KubeProxyConfig) =>
  parseKubeProxy({ kubeProxy }, config);

describe('parseKubeProxy', () => {
  it('takes the version from the tag, and the block as it is', () => {
    const tag = 'v1.31.2-minimal-eksbuild.3';
    expect(parse({ running: true, tag }, { maxPerCore: 0, min: 655_350 })).toEqual({
      version: '1.31.2',
      source: 'node',
      maxPerCore: 0,
      min: 655_350,
    });
  });

  it('knows that none runs', () => {
    expect(parse({ running: false })).toEqual({ version: 'none', source: 'node' });
  });

  it.each([
    undefined,
    {},
    { running: true },
    { running: true, tag: 'latest' },
    { running: true, tag: 7 },
  ])('knows nothing from %j', (told) => {
    expect(parse(told)).toBeUndefined();
  });
});
