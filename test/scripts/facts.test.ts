import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeLocalDns } from '../../lib/core/artefacts/node-local-dns.js';
import { sysctlDaemonSet } from '../../lib/core/artefacts/sysctl-daemon-set.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { assumedKernel } from '../../lib/core/limit/assumed-kernel.js';
import { AUTOMATIC_LIMIT_CAP, eraOf } from '../../lib/core/limit/era.js';
import { BOTTLEROCKET_BOOT_LIMIT } from '../../lib/core/limit/expected-limit.js';
import { bundledShapes, bundledShapesInfo } from '../../lib/core/limit/instance-shapes.js';
import { kernelDefault } from '../../lib/core/limit/kernel-default.js';
import { defaultConntrack } from '../../lib/core/limit/kube-proxy-target.js';
import { AGENT } from '../../lib/core/remedies/shared/limit-prices.js';
import { count, percent } from '../../lib/core/text/format.js';
import { daysSince, oldFacts, type Fact } from '../../scripts/facts/fact.js';
import { factsPage } from '../../scripts/facts/facts-page.js';
import { facts } from '../../scripts/facts/facts.js';

const root = new URL('../../', import.meta.url);
const source = (path: string) => readFileSync(new URL(path, root), 'utf8');
const words = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

/** The image that a printed file names first. */
const imageIn = (artefact: unknown) => /"image":"([^"]+)"/.exec(JSON.stringify(artefact))?.[1];

/** The number in a source file after these words, as people read it. */
function numberAfter(words: string, path: string): string {
  const text = source(path);
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`${path} should hold '${words}'`);
  return count(Number(/[\d_]+/.exec(text.slice(at + words.length))?.[0].replaceAll('_', '')));
}

/** The first minor from `least` on of which something holds. */
function firstMinor(least: number, holds: (version: string) => boolean): string {
  const minor = Array.from({ length: 30 }, (_, at) => least + at).find((one) => holds(`1.${one}`));
  return `1.${minor ?? 'none'}`;
}

const writes = (version: string) => eraOf(version)?.writes;
const linux612 = (os: 'al2023' | 'bottlerocket') => (version: string) =>
  assumedKernel(os, version) === '6.12';
const GIB = 1_073_741_824;
const vpcIdle = 'lib/core/remedies/shorten-vpc-idle-timeout.ts';

/** What the code has, fact by fact. */
const inForce: Readonly<Record<string, () => string | undefined>> = {
  'only-raises-from': () => firstMinor(20, (one) => writes(one) === 'raises-only'),
  'lowers-again-from': () => firstMinor(23, (one) => writes(one) === 'exact'),
  cap: () => count(AUTOMATIC_LIMIT_CAP),
  'only-raises-again-from': () => firstMinor(36, (one) => writes(one) === 'raises-only'),
  picks: () => (writes('1.36.1') === 'exact-or-raises-only' ? 'approved, open on 2026-09-19' : ''),
  'max-per-core': () => count(defaultConntrack.maxPerCore),
  min: () => count(defaultConntrack.min),
  'kernel-buckets': () => count(kernelDefault(5 * GIB, '5.15').max),
  'bottlerocket-boot': () => count(BOTTLEROCKET_BOOT_LIMIT),
  'al2023-612': () => firstMinor(30, linux612('al2023')),
  'bottlerocket-612': () => firstMinor(30, linux612('bottlerocket')),
  'instance-types': () => `${count(bundledShapes.length)} types`,
  'node-local-dns-image': () =>
    imageIn(nodeLocalDns({ dnsAddress: '172.20.0.10', domain: 'cluster.local' })),
  'node-local-dns-cves': () => /1[.]26/.exec(source('lib/core/artefacts/node-local-dns.ts'))?.[0],
  'busybox-image': () => imageIn(sysctlDaemonSet({ limit: 262_144 }, [])),
  'policy-table': () => count(AGENT.starts),
  'policy-table-most': () => count(AGENT.most),
  'idle-nitro-v6': () => numberAfter('NITRO_V6 = ', vpcIdle),
  'idle-most': () => /EC2 takes 60 to ([\d,]+)/.exec(source(vpcIdle))?.[1]?.replace(/,?$/, ''),
  'link-local-packets': () =>
    numberAfter('PACKETS_PER_SECOND = ', 'lib/core/rules/link-local-exceeded.ts'),
  'address-cooldown': () => numberAfter('COOLDOWN_SECONDS = ', 'lib/core/rules/stale-flows.ts'),
  'answer-bytes': () => numberAfter('LONGEST_ANSWER = ', 'lib/core/node/parse/answer.ts'),
  'karpenter-tracking': () => /Karpenter v(\d+[.]\d+[.]\d+)/.exec(source(vpcIdle))?.[1],
  'warning-usage': () => percent(defaultPolicy.warningUsage),
  'critical-usage': () => percent(defaultPolicy.criticalUsage),
};

const written = facts.filter(({ id }) => !id.startsWith('price-'));

describe('facts of the outside', () => {
  it.each(written)('hold the code: $what is $value', ({ id, value }) => {
    expect(inForce[id]?.()).toBe(value);
  });

  it('are all in force somewhere', () => {
    expect(Object.keys(inForce).sort()).toEqual(written.map(({ id }) => id).sort());
  });

  it('give the day of the instance types', () => {
    const types = facts.find(({ id }) => id === 'instance-types');
    expect(types?.checked).toBe(bundledShapesInfo.generatedOn);
    expect(types?.via).toContain(bundledShapesInfo.source.split(' recorded')[0]);
  });

  it.each(facts)('name a source and a real day: $id', ({ source: from, checked }) => {
    expect(new URL(from).protocol).toBe('https:');
    expect(new Date(checked).toISOString().slice(0, 10)).toBe(checked);
  });

  it('have ids of their own', () => {
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  it('stand in docs/facts.md; npm run docs makes it so', () => {
    expect(words(source('docs/facts.md'))).toBe(words(factsPage()));
  });
});

describe('a fact that is old', () => {
  const fact = (checked: string): Fact => ({
    id: 'one',
    what: 'what',
    value: 'value',
    source: 'https://example.com',
    checked,
    carries: 'advice',
  });
  const today = '2026-11-27';

  it('was looked at more than 90 days ago, and not 90', () => {
    expect(daysSince('2026-08-29', today)).toBe(90);
    expect(oldFacts([fact('2026-08-29')], today)).toEqual([]);
    expect(oldFacts([fact('2026-08-28')], today)).toHaveLength(1);
  });

  it('comes before younger ones', () => {
    const some = [fact('2026-03-01'), fact('2026-11-01'), fact('2026-01-01')];
    expect(oldFacts(some, today).map(({ checked }) => checked)).toEqual([
      '2026-01-01',
      '2026-03-01',
    ]);
  });
});
