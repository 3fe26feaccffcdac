import { describe, expect, it } from 'vitest';
import { parseKubeProxyConfiguration } from '../../../../lib/core/node/parse/kube-proxy-config.js';

const parse = (kubeProxy: unknown) => parseKubeProxyConfiguration({ kubeProxy });
const read = (config: unknown) => parse({ running: true, config });

describe('a configuration that was read', () => {
  it.each([
    ['block style', 'conntrack:\n  maxPerCore: 0\n  min: 131072\nmode: iptables'],
    ['quoted names', '"conntrack":\n  "maxPerCore": 0\n  \'min\': 131072\n"mode": "iptables"'],
    ['flow style', 'conntrack: {maxPerCore: 0, min: 131072}\nmode: iptables'],
    [
      'flow style on more lines',
      'conntrack: {\n  maxPerCore: 0,\n  min: 131072\n}\nmode: iptables',
    ],
    ['JSON', '{"conntrack": {"maxPerCore":0,"min":131072}, "mode":"iptables"}'],
    ['another indentation', 'conntrack:\n        maxPerCore: 0\n        min: 131072'],
    ['comments', 'conntrack:  # here\n  maxPerCore: 0 # as it is\n  # min: 5\n  min: 131072'],
    ['keys that are of no concern', 'conntrack:\n  maxPerCore: 0\n  min: 131072\n  x: [1]'],
    ['a number of another base', 'conntrack:\n  maxPerCore: 0x0\n  min: 0400000'],
    ['a null beside them', 'conntrack:\n  maxPerCore: 0\n  min: 131072\n  udpTimeout: ~'],
  ])('means the same in %s', (_, text) => {
    expect(read(text)).toEqual({
      state: 'known',
      config: { maxPerCore: 0, min: 131_072 },
      mode: 'iptables',
    });
  });

  it('has its timeouts in seconds', () => {
    const block = {
      tcpEstablishedTimeout: '24h0m0s',
      tcpCloseWaitTimeout: '1m30s',
      udpTimeout: '10s',
      udpStreamTimeout: '1500ms',
    };
    expect(read(JSON.stringify({ conntrack: block }))?.config).toEqual({
      tcpEstablishedTimeout: 86_400,
      tcpCloseWaitTimeout: 90,
      udpTimeout: 10,
      udpStreamTimeout: 1,
    });
  });

  it('is known by one key, and then lacks the others', () => {
    expect(read('conntrack:\n  min: 7')).toMatchObject({ state: 'known', config: { min: 7 } });
    expect(read('conntrack: {udpTimeout: 0s}')?.config).toEqual({ udpTimeout: 0 });
  });

  it.each([
    '',
    'mode: ""',
    'conntrack:',
    'conntrack: null',
    'conntrack: {}',
    'conntrack: {min: null}',
  ])('has no block in %j', (text) => {
    expect(read(text)).toEqual({ state: 'absent', mode: 'iptables' });
  });

  it('takes what an int32 can hold, and no more', () => {
    expect(read('conntrack: {min: 2147483647}')?.config).toEqual({ min: 2_147_483_647 });
    expect(read('conntrack: {min: 2147483648}')).toMatchObject({ state: 'not-understood' });
  });

  it.each([
    'conntrack: {min: "131072"}',
    'conntrack: {min: -1}',
    'conntrack: {min: 1.5}',
    'conntrack: {min: many}',
    'conntrack: {maxPerCore: true}',
    'conntrack: {min: 131072, udpTimeout: 10}',
    'conntrack: {min: 131072, udpTimeout: "-10s"}',
    'conntrack: {min: 131072, udpTimeout: 10 s}',
    'conntrack: [1, 2]',
    'conntrack: 5',
  ])('is not understood where kube-proxy would refuse it: %s', (text) => {
    expect(read(text)).toEqual({ state: 'not-understood', mode: 'iptables' });
  });

  it.each([
    'conntrack: {min: 5',
    'conntrack:\n\tmin: 5',
    'conntrack: {min: 5}\nconntrack: {min: 6}',
    'conntrack: {min: 5, min: 6}',
    'conntrack: &a {min: 5}',
    'conntrack: *a',
    'conntrack: !!map {min: 5}',
    'just text',
    `conntrack: {min: 5${' '.repeat(600)}}`,
  ])('is not understood where this parser may not follow: %j', (text) => {
    expect(read(text)).toEqual({ state: 'not-understood' });
  });

  it.each([
    ['mode: ipvs', 'ipvs'],
    ['mode: "nftables"', 'nftables'],
    ['mode: null', 'iptables'],
    ['mode: userspace', undefined],
    ['mode: 5', undefined],
  ])('says by %j the mode %s', (text, mode) => {
    expect(read(text)?.mode).toBe(mode);
  });
});

describe('a configuration that was not read', () => {
  it('was seen and not understood where the probe says so', () => {
    expect(read(false)).toEqual({ state: 'not-understood' });
    expect(read(7)).toEqual({ state: 'not-understood' });
  });

  it.each([
    undefined,
    {},
    { running: true },
    { running: true, tag: 'v1.31.2' },
    { config: 'mode: ipvs' },
  ])('cannot be seen where the node tells %j', (told) => {
    expect(parse(told)).toEqual({ state: 'not-visible' });
  });

  it('does not exist where no kube-proxy runs', () => {
    expect(parse({ running: false, config: 'mode: ipvs' })).toBeUndefined();
  });

  it('is known by the two numbers that the first probes told', () => {
    expect(parse({ running: true, min: 7 })).toEqual({ state: 'known', config: { min: 7 } });
    expect(parse({ running: true, min: 2_147_483_648 })).toEqual({ state: 'not-visible' });
    expect(parse({ min: 7 })).toEqual({ state: 'not-visible' });
  });
});
