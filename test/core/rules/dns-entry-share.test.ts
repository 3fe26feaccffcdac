import { describe, expect, it } from 'vitest';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { dnsEntryShare as rule } from '../../../lib/core/rules/dns-entry-share.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const dns = (udp: number, tcp = 0, unreplied = 0) => ({ udp, tcp, unreplied });

function evaluate(makeup: Partial<Makeup>, usage = 0.8, facts: NodeFacts = {}) {
  const table = { entries: usage * 100_000, max: 100_000 };
  return rule.evaluate(aNode({ table, makeup: aMakeup(makeup), ...facts }), policy);
}

function say(...args: Parameters<typeof evaluate>) {
  const verdict = evaluate(...args);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
}

describe('dns-entry-share', () => {
  it.each([
    { usage: 0.74, udp: 499, said: 'pass' },
    { usage: 0.75, udp: 299, said: 'pass' },
    { usage: 0.75, udp: 300, said: 'warning' },
    { usage: 0.74, udp: 500, said: 'notice' },
    { usage: 0.5, udp: 500, said: 'notice' },
    { usage: 0.49, udp: 500, said: 'pass' },
  ])('says $said of $udp lookups in 1,000 at a usage of $usage', ({ usage, udp, said }) => {
    expect(say({ dns: dns(udp) }, usage)).toBe(said);
  });

  it('counts lookups over UDP and over TCP', () => {
    expect(say({ dns: dns(200, 99) })).toBe('pass');
    expect(say({ dns: dns(200, 100) })).toBe('warning');
  });

  it('judges a sample by the lower end of its share', () => {
    expect(say({ whole: false, dns: dns(300) })).toBe('pass');
    expect(say({ whole: false, dns: dns(329) })).toBe('warning');
    expect(say({ whole: false, dns: dns(328) })).toBe('pass');
  });

  it('shows the share, what it is made of, and how many lookups that are', () => {
    const sample = { listed: 20_000, whole: false, dns: dns(11_400, 200, 4_100) };
    expect(evaluate(sample, 0.82)).toEqual({
      verdict: 'finding',
      severity: 'warning',
      summary:
        'DNS holds 58% ± 1% of a table that is used to 82%: 11,400 of 20,000 listed entries are lookups over UDP and 200 over TCP; 4,100 of these lookups have no answer yet',
      measures: {
        entries: 82_000,
        max: 100_000,
        usage: 0.82,
        dnsShare: 0.58,
        shareMargin: expect.closeTo(0.006, 3) as number,
      },
      why: 'a lookup over UDP, or a pair for A and AAAA, keeps its entry after the answer, 30 s here: about 1,558 begin each second (estimate)',
    });
  });

  it('tells of lookups without an answer from one in ten on', () => {
    expect(evaluate({ dns: dns(400, 0, 40) })).toMatchObject({
      summary: expect.stringContaining('; 40 of these lookups have no answer yet') as string,
    });
    expect(evaluate({ dns: dns(400, 0, 39) })).toMatchObject({
      summary: expect.not.stringContaining('no answer') as string,
    });
  });

  it('estimates no rate where the timeout is not known', () => {
    const kept = 'a lookup over UDP, or a pair for A and AAAA, keeps its entry after the answer';
    expect(evaluate({ dns: dns(400) }, 0.8, { timeouts: {} })).toMatchObject({ why: kept });
    const { facts } = aNodeWithout('timeouts');
    const busy = { table: { entries: 80, max: 100 }, makeup: aMakeup({ dns: dns(400) }) };
    expect(rule.evaluate({ facts: { ...facts, ...busy } }, policy)).toMatchObject({ why: kept });
  });

  it('says of lookups over TCP that they stay longer', () => {
    const why = expect.stringMatching(/^a connection for one lookup waits in TIME_WAIT/) as string;
    expect(evaluate({ dns: dns(200, 201) })).toMatchObject({ why });
    expect(evaluate({ dns: dns(200, 200) })).not.toMatchObject({ why });
  });

  it('names CoreDNS where it holds entries on this node', () => {
    const owner = 'kube-system/coredns-5d78c9869d-abcde';
    const holders = [{ address: '10.0.1.9', entries: 250, owner }];
    expect(evaluate({ dns: dns(400), holders })).toMatchObject({
      why: expect.stringMatching(
        /; CoreDNS runs on this node, holds up to 25% of the table, and answers other nodes too$/,
      ) as string,
    });
  });

  it('passes a node of which no entry was listed', () => {
    expect(say({ listed: 0, dns: dns(0) })).toBe('pass');
  });

  it('is unknown, not passing, where the entries were not listed', () => {
    expect(rule.evaluate(aNodeWithout('makeup'), policy)).toEqual({
      verdict: 'unknown',
      missing: ['makeup'],
    });
  });
});
