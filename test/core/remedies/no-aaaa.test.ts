import { describe, expect, it } from 'vitest';
import { noAaaa } from '../../../lib/core/remedies/no-aaaa.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

const assess = (rule: string) => noAaaa.assess(aCase(aNode(), { rule }));

describe('no-aaaa', () => {
  it.each(['table-pressure', 'dns-entry-share'])(
    'leaves as many entries as there are, and so does not help %s',
    (rule) => {
      expect(assess(rule)).toMatchObject({
        helps: false,
        reason: expect.stringContaining('share an entry') as string,
        predicted: { limit: 131_072, usage: 4_096 / 131_072 },
        steps: [],
      });
    },
  );

  it('leaves nothing to race, at the price of names of IPv6 alone', () => {
    const said = assess('insert-races');
    expect(said).toMatchObject({
      helps: true,
      predicted: { limit: 131_072, usage: 4_096 / 131_072 },
    });
    expect(said?.reason).toContain('names that have an IPv6 address alone');
    expect(said?.steps).toEqual([
      'kubectl patch the pod template: spec.dnsConfig.options: [{name: no-aaaa}]',
      'undo: take the option out again',
      'proof: insert_failed of conntrack -S no longer grows',
    ]);
  });

  it('spares the resolver of the VPC half of what it is asked, at best', () => {
    expect(assess('link-local-exceeded')).toMatchObject({
      helps: true,
      reason: expect.stringContaining('at best half of these packets') as string,
      predicted: {},
    });
  });

  it.each(['table-pressure', 'insert-races', 'link-local-exceeded'])(
    'says to %s which resolvers know it',
    (rule) => {
      expect(assess(rule)?.reason).toContain('glibc knows it from 2.36 on');
      expect(assess(rule)?.reason).toContain('musl (Alpine) and Go do not');
    },
  );
});
