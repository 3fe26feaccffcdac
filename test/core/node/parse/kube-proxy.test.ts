import { describe, expect, it } from 'vitest';
import {
  parseKubeProxy,
  parseKubeProxyConfig,
} from '../../../../lib/core/node/parse/kube-proxy.js';

const parse = (kubeProxy: unknown) => parseKubeProxy({ kubeProxy });

describe('parseKubeProxy', () => {
  it('takes the version from the tag, and the block as it is', () => {
    const tag = 'v1.31.2-minimal-eksbuild.3';
    expect(parse({ running: true, tag, maxPerCore: 0, min: 655_350 })).toEqual({
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

  it('leaves out a number that no configuration can hold', () => {
    expect(parse({ running: true, tag: 'v1.31.2', min: 2_147_483_648 })).not.toHaveProperty('min');
    expect(parse({ running: true, tag: 'v1.31.2', min: 2_147_483_647 })).toHaveProperty('min');
  });
});

describe('parseKubeProxyConfig', () => {
  const config = (kubeProxy: unknown) => parseKubeProxyConfig({ kubeProxy });

  it('needs no tag', () => {
    expect(config({ running: true, min: 7 })).toEqual({ min: 7 });
    expect(config({ running: true, tag: 'latest', maxPerCore: 0 })).toEqual({ maxPerCore: 0 });
  });

  it.each([
    undefined,
    { running: false, min: 7 },
    { min: 7 },
    { running: true },
    { running: true, min: '7', maxPerCore: -1 },
  ])('knows nothing from %j', (told) => {
    expect(config(told)).toBeUndefined();
  });
});
