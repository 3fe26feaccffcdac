import { describe, expect, it } from 'vitest';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { readingImplausible as rule } from '../../../lib/core/rules/reading-implausible.js';
import { aNode, aNodeUsing, aNodeWithout } from '../../support/a-node.js';

const say = (snapshot: Parameters<typeof rule.evaluate>[0]) => {
  const verdict = rule.evaluate(snapshot, policy);
  return verdict.verdict === 'finding' ? verdict.summary : verdict.verdict;
};

describe('reading-implausible', () => {
  it('believes a table from one entry to exactly full', () => {
    expect(say(aNodeUsing(1, 1_000))).toBe('pass');
    expect(say(aNodeUsing(1_000, 1_000))).toBe('pass');
  });

  it('believes the few entries over the limit that a full table has, and no more', () => {
    expect(say(aNodeUsing(1_256, 1_000))).toBe('pass');
    expect(say(aNodeUsing(1_257, 1_000))).toContain('1,257 entries exceed the limit of 1,000');
  });

  it('does not take a limit of 0 for a table', () => {
    expect(say(aNode({ reading: { entries: 5, max: 0 } }))).toContain('nf_conntrack_max is 0');
  });

  it('does not believe 0 entries on a cluster node that has been up for more than 10 minutes', () => {
    const reading = { entries: 0, max: 1_000 };
    expect(say(aNode({ reading, boot: { uptimeSeconds: 600 } }))).toBe('pass');
    expect(say(aNode({ reading, boot: { uptimeSeconds: 601 } }))).toContain('0 entries');
  });

  it('believes 0 entries on a host that is not known to be a cluster node', () => {
    const { facts } = aNodeUsing(0, 1_000);
    expect(say({ facts })).toBe('pass');
  });

  it('does not believe what was read in another network namespace', () => {
    expect(say(aNode({ network: { host: false } }))).toContain('network namespace');
    expect(say(aNodeWithout('network'))).toBe('pass');
  });

  it('is unknown, not passing, when nothing of the table could be read', () => {
    expect(say(aNodeWithout('reading'))).toBe('unknown');
  });
});
