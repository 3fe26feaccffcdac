import { describe, expect, it } from 'vitest';
import {
  awaitedLimit,
  unseenConfiguration,
  whyThisLimit,
} from '../../../lib/core/limit/node-limit.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNode } from '../../support/a-node.js';

/** An m5.large under kube-proxy 1.31, whose boot gives 262,144 and whose defaults give 131,072. */
function factsWith(config: NodeFacts['kubeProxyConfig'], state: NodeFacts['kubeProxyConfigState']) {
  const kubeProxy = { version: '1.31.2', source: 'node' as const, ...config };
  return aNode({
    kubeProxy,
    ...(config && { kubeProxyConfig: config }),
    ...(state && { kubeProxyConfigState: state }),
  }).facts;
}

const edited = { maxPerCore: 32_768, min: 524_288 };

describe('awaitedLimit', () => {
  it.each([
    { config: edited, state: 'known', max: 131_072, limit: 524_288 },
    { config: edited, state: 'known', max: 262_144, limit: 524_288 },
    { config: edited, state: 'known', max: 524_288, limit: undefined },
    { config: edited, state: 'known', max: 300_000, limit: undefined },
    { config: edited, state: 'not-visible', max: 131_072, limit: undefined },
    {
      config: { maxPerCore: 32_768, min: 131_072 },
      state: 'known',
      max: 262_144,
      limit: undefined,
    },
  ] as const)('of $config ($state) where $max holds is $limit', (one) => {
    const { config, state, max, limit } = one;
    expect(awaitedLimit(factsWith(config, state), { entries: 1, max })).toBe(limit);
  });
});

describe('a configuration that was not seen', () => {
  it.each([
    ['known', undefined],
    ['absent', undefined],
    ['not-visible', 'cannot be seen from there'],
    ['not-understood', 'was not understood'],
  ] as const)('is told of %s as %s', (state, said) => {
    const unseen = unseenConfiguration({ kubeProxyConfigState: state });
    if (said === undefined) expect(unseen).toBeUndefined();
    else expect(unseen).toContain(said);
  });

  it('makes the explanation of a limit conditional', () => {
    const table = { entries: 1, max: 131_072 };
    expect(whyThisLimit(factsWith(undefined, 'not-visible'), table)).toMatch(
      /^if EKS's defaults hold \(/,
    );
    expect(whyThisLimit(factsWith(undefined, 'absent'), table)).toMatch(/^131,072 is what/);
  });
});
