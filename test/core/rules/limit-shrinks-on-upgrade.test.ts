import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/core/judge/judge.js';
import { defaultPolicy as policy } from '../../../lib/core/judge/policy.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { limitShrinksOnUpgrade as rule } from '../../../lib/core/rules/limit-shrinks-on-upgrade.js';
import { aFleet, aNode, aNodeWithout } from '../../support/a-node.js';

/** A node of 2 vCPU and 8 GiB: 262,144 under 1.28, and 131,072 from 1.29 on. */
function on128(entries: number, max = 262_144, identity = {}) {
  const kubeProxy = { version: '1.28.15', source: 'add-on' } as const;
  return aNode({ table: { entries, max }, kubeProxy }, identity);
}

const say = (snapshot: ReturnType<typeof aNode>) => {
  const verdict = rule.evaluate(snapshot, policy);
  return verdict.verdict === 'finding' ? verdict.severity : verdict.verdict;
};

describe('limit-shrinks-on-upgrade', () => {
  it.each([
    { entries: 100, said: 'notice' },
    { entries: 98_303, said: 'notice' },
    { entries: 98_304, said: 'warning' },
  ])('says $said of $entries entries of which 131,072 will be the limit', ({ entries, said }) => {
    expect(say(on128(entries))).toBe(said);
  });

  it('names the minor, both limits, and what the entries of today would use', () => {
    expect(rule.evaluate(on128(100_000), policy)).toMatchObject({
      cause: '1.29',
      summary:
        'Kubernetes 1.29 lowers the limit from 262,144 to 131,072, of which the entries of today would use 76%',
      why: expect.stringContaining('kube-proxy writes its own number') as string,
    });
  });

  it('sees the cap of 1.36 on a large instance', () => {
    const large = aNode({
      table: { entries: 100, max: 3_145_728 },
      vcpus: 96,
      memory: { totalBytes: 380 * 1_073_741_824 },
      kubeProxy: { version: '1.35.0', source: 'add-on' },
    });
    expect(rule.evaluate(large, policy)).toMatchObject({ cause: '1.36' });
  });

  it('passes a node that no later minor lowers', () => {
    expect(say(aNode())).toBe('pass');
  });

  it('passes a limit that only a patch release of 1.36 which raises it explains', () => {
    const on136 = (max: number) =>
      say(
        aNode({
          table: { entries: 120_000, max },
          kubeProxy: { version: '1.36.2', source: 'add-on' },
        }),
      );
    expect([on136(131_072), on136(262_144)]).toEqual(['pass', 'pass']);
  });

  it('does not judge a limit that someone set by hand', () => {
    expect(say(on128(100, 500_000))).toBe('pass');
    // The kernel's own default, which kube-proxy 1.31 has not written over yet.
    expect(say(aNode({ table: { entries: 100, max: 262_144 } }))).toBe('pass');
  });

  it('is unknown, not passing, where kube-proxy is not known', () => {
    expect(say(aNodeWithout('kubeProxy'))).toBe('unknown');
  });

  it('is one finding for each cluster and minor, whatever the node groups', () => {
    const snapshots = [
      on128(100, 262_144, { instanceId: 'i-1', nodeGroup: 'a' }),
      on128(120_000, 262_144, { instanceId: 'i-2', nodeGroup: 'b' }),
      on128(100, 262_144, { instanceId: 'i-3', cluster: 'other' }),
    ];
    const fleet = aFleet(snapshots.map(({ node }) => node));
    const evidence = { runId: 'r', startedAt: 'now', fleet, snapshots, silent: [] };
    const { findings } = judge(evidence, catalogue, policy);
    expect(
      findings.map(({ cluster, nodeGroup, nodes }) => [cluster, nodeGroup, nodes.length]),
    ).toEqual([
      ['example', '*', 2],
      ['other', '*', 1],
    ]);
    expect(findings[0]?.summary).toMatch(/^2 of 2 nodes, worst i-2 .* would use 92%$/);
  });
});
