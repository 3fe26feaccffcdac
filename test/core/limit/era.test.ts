import { describe, expect, it } from 'vitest';
import { parseKubeProxyVersion } from '../../../lib/core/node/kube-proxy-version.js';
import { eraIds, eraOf, kubeProxyEras } from '../../../lib/core/limit/era.js';

describe('eraOf', () => {
  it.each([
    ['1.12', '1.22-and-before'],
    ['1.22.17', '1.22-and-before'],
    ['1.23.0', '1.23-1.28'],
    ['1.28', '1.23-1.28'],
    ['1.29', '1.29-1.35'],
    ['1.35.9', '1.29-1.35'],
    ['1.36.0', '1.36-1.37'],
    ['1.37', '1.36-1.37'],
    ['1.38', '1.38-and-later'],
    ['1.41', '1.38-and-later'],
    ['v1.31.2-eksbuild.5', '1.29-1.35'],
    ['v1.31.2-minimal-eksbuild.5', '1.29-1.35'],
    ['none', 'none'],
  ])('puts %s into %s', (version, era) => {
    expect(eraOf(version)?.id).toBe(era);
  });

  it.each([
    undefined,
    '',
    'banana',
    '1',
    '1.',
    '1.x',
    '1.31.',
    '2.0',
    '01.31',
    '1.31 ',
    '1.31\n',
    '1.310',
  ])('knows no era of %j', (version) => {
    expect(eraOf(version)).toBeUndefined();
  });

  it('has the cap from 1.36 on and not before', () => {
    expect(kubeProxyEras.map(({ cap }) => cap)).toEqual([
      undefined,
      undefined,
      undefined,
      1_048_576,
      1_048_576,
    ]);
  });

  it('knows a rule for every public era', () => {
    const known = ['none', ...kubeProxyEras.map(({ id }) => id)];
    expect([...known].sort()).toEqual([...eraIds].sort());
  });
});

describe('a first release', () => {
  it.each([
    ['1.36.0', 'exact'],
    ['v1.36.0-eksbuild.4', 'exact'],
    ['1.36.1', 'exact-or-raises-only'],
    ['1.36', 'exact-or-raises-only'],
    ['1.37.0', 'exact'],
    ['1.38.0', 'raises-only'],
    ['1.35.0', 'exact'],
  ])('of %s writes %s: no change was picked into it', (version, writes) => {
    expect(eraOf(version)?.writes).toBe(writes);
  });
});

describe('parseKubeProxyVersion', () => {
  it('drops the v and the build suffix', () => {
    expect(parseKubeProxyVersion('v1.31.2-eksbuild.5')).toEqual({
      minor: 31,
      patch: 2,
      text: '1.31.2',
    });
    expect(parseKubeProxyVersion('1.31+')).toEqual({ minor: 31, text: '1.31' });
  });
});
