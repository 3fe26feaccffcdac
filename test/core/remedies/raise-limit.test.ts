import { describe, expect, it } from 'vitest';
import type { NodeGroupKind } from '../../../lib/core/node/fleet.js';
import { raiseLimit } from '../../../lib/core/remedies/raise-limit.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';

const GIB = 1_073_741_824;

describe('raise-limit', () => {
  it('names the next power of two at which the entries use at most half', () => {
    expect(raiseLimit.assess(aCase(aNodeUsing(120_000, 131_072)))).toMatchObject({
      helps: true,
      predicted: { limit: 262_144, usage: 120_000 / 262_144 },
    });
  });

  it.each([
    { entries: 131_072, limit: 262_144 },
    { entries: 131_073, limit: 524_288 },
  ])('wants $limit for a peak of $entries', ({ entries, limit }) => {
    expect(raiseLimit.assess(aCase(aNodeUsing(entries, 131_072)))?.predicted.limit).toBe(limit);
  });

  it('at least doubles a limit that was hit, even where few entries are left now', () => {
    const { facts } = aNodeUsing(1_000, 131_072);
    const counters = { drop: 12, early_drop: 90 };
    const hit = { ...facts, counters, tableFull: { lines: 3, secondsAgo: 60 } };
    const said = raiseLimit.assess(aCase({ facts: hit }, { rule: 'table-drops' }));
    expect(said?.predicted).toEqual({ limit: 262_144, usage: 0.5, bound: 'at least' });
  });

  it('goes back to what is expected where the limit was lowered', () => {
    const said = raiseLimit.assess(aCase(aNodeUsing(1_000, 65_536), { rule: 'limit-unexpected' }));
    expect(said).toMatchObject({ helps: true, predicted: { limit: 131_072 } });
  });

  it('does not help where the limit is higher than both the load and the model ask for', () => {
    const said = raiseLimit.assess(aCase(aNodeUsing(1_000, 262_144), { rule: 'limit-unexpected' }));
    expect(said).toMatchObject({ helps: false, predicted: { limit: 262_144 }, steps: [] });
  });

  it('holds the price of a full table against 5 % of the memory', () => {
    // 262,144 entries of up to 384 bytes are 96 MiB, which is 5 % of 1.875 GiB.
    const price = 262_144 * 384;
    const enough = { totalBytes: price / 0.05 };
    const short = { totalBytes: price / 0.05 - 1 };
    const { facts } = aNodeUsing(120_000, 131_072);
    expect(raiseLimit.assess(aCase({ facts: { ...facts, memory: enough } }))?.helps).toBe(true);
    expect(raiseLimit.assess(aCase({ facts: { ...facts, memory: short } }))).toMatchObject({
      helps: false,
      reason: expect.stringContaining('96 MiB (estimate), more than 5%') as string,
      steps: [],
    });
  });

  it('counts more bytes for an entry of an old kernel', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const old = {
      ...facts,
      kernel: '5.10.234-225.921.amzn2.x86_64',
      memory: { totalBytes: 7 * GIB },
    };
    expect(raiseLimit.assess(aCase({ facts: old }))?.reason).toContain('112 MiB');
  });

  it('counts the bytes that the slab of the node tells, and says that they were measured', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const kernel = '5.10.234-225.921.amzn2.x86_64';
    const said = raiseLimit.assess(aCase({ facts: { ...facts, kernel, entryBytes: 256 } }));
    expect(said?.reason).toBe(
      'a full table of 262,144 entries costs up to 96 MiB (measured: 256 bytes an entry, and up to 128 for its extensions), and nothing until it is used',
    );
  });

  it.each([
    { rule: 'insert-races', reason: 'two of them want the same entry' },
    { rule: 'allowance-exceeded', reason: 'no sysctl of the node changes' },
    { rule: 'allowance-low', reason: 'no sysctl of the node changes' },
  ])('does not help $rule, and says why', ({ rule, reason }) => {
    expect(raiseLimit.assess(aCase(aNodeUsing(900, 1_000), { rule }))).toEqual({
      helps: false,
      reason: expect.stringContaining(reason) as string,
      predicted: { limit: 1_000, usage: 0.9 },
      steps: [],
    });
    expect(raiseLimit.assess(aCase({ facts: {} }, { rule }))?.predicted).toEqual({});
  });

  it.each(['dns-entry-share', 'idle-entries', 'hot-node'])(
    'leaves the limit alone where it carries what %s found',
    (rule) => {
      const assess = (entries: number) =>
        raiseLimit.assess(aCase(aNodeUsing(entries, 131_072), { rule }));
      expect(assess(65_536)?.helps).toBe(false);
      expect(assess(65_537)).toMatchObject({ helps: true, predicted: { limit: 262_144 } });
    },
  );

  it('at least doubles a limit at which entries were evicted', () => {
    const { facts } = aNodeUsing(1_000, 131_072);
    const churn = { seconds: 2, entries: 0, counters: { early_drop: 3 } };
    const said = raiseLimit.assess(
      aCase({ facts: { ...facts, churn } }, { rule: 'early-evictions' }),
    );
    expect(said?.predicted).toEqual({ limit: 262_144, usage: 0.5, bound: 'at least' });
  });

  it('gives steps that end with undoing and proving it', () => {
    const { steps = [] } = raiseLimit.assess(aCase(aNodeUsing(120_000, 131_072))) ?? {};
    expect(steps[0]).toContain('sysctl -w net.netfilter.nf_conntrack_max=262144');
    expect(steps[1]).toContain('conntrack.min to 262144');
    expect(steps.at(-2)).toContain('nf_conntrack_max=131072');
    expect(steps.at(-1)).toContain('the next audit reads a limit of 262144');
  });

  it('speaks Bottlerocket where that runs', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const os = { id: 'bottlerocket', version: '1.26.1' };
    expect(raiseLimit.assess(aCase({ facts: { ...facts, os } }))?.steps[0]).toContain(
      'apiclient set',
    );
  });

  describe('where kube-proxy is configured to leave the limit alone', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const kubeProxy = { version: '1.31.2', source: 'node', maxPerCore: 0, min: 131_072 } as const;
    const steps = (nodeGroupKind: NodeGroupKind) =>
      raiseLimit.assess(aCase({ facts: { ...facts, kubeProxy } }, { nodeGroupKind }))?.steps ?? [];

    it('edits no min, which is ignored, and says where the limit lasts', () => {
      expect(steps('managed').slice(0, 2)).toEqual([
        'now, on the node: sysctl -w net.netfilter.nf_conntrack_max=262144',
        'for good: the same setting in the user data of the launch template of the node group; kube-proxy leaves the limit alone, as conntrack.maxPerCore is 0 in its configuration, and ignores conntrack.min',
      ]);
    });

    it.each([
      ['karpenter', 'spec.userData of the EC2NodeClass'],
      ['auto-scaling-group', 'the user data of the launch template of the Auto Scaling group'],
      ['none', 'the user data of the instance'],
    ] as const)('in the words of what makes the nodes: %s', (kind, place) => {
      expect(steps(kind)[1]).toContain(`the same setting in ${place};`);
    });
  });

  it.each([
    { agent: undefined, entries: 250_000, says: false },
    { agent: { enabled: false }, entries: 250_000, says: false },
    { agent: { enabled: true }, entries: 120_000, says: false },
    { agent: { enabled: true }, entries: 270_000, says: true },
    { agent: { enabled: true, tableSize: 1_048_576 }, entries: 270_000, says: false },
  ])('names what the network policy agent needs: $agent, $entries entries', (given) => {
    const { facts } = aNodeUsing(given.entries, 262_144);
    const networkPolicyAgent = given.agent;
    const memory = { totalBytes: 64 * 1_073_741_824 };
    const said = raiseLimit.assess(
      aCase({ facts: { ...facts, memory, ...(networkPolicyAgent && { networkPolicyAgent }) } }),
    );
    expect(said?.helps).toBe(true);
    expect(said?.reason.includes('conntrackCacheTableSize')).toBe(given.says);
  });

  it('says where the network policy agent cannot follow', () => {
    const { facts } = aNodeUsing(600_000, 655_360);
    const memory = { totalBytes: 64 * 1_073_741_824 };
    const networkPolicyAgent = { enabled: true };
    const said = raiseLimit.assess(aCase({ facts: { ...facts, memory, networkPolicyAgent } }));
    expect(said?.predicted.limit).toBe(2_097_152);
    expect(said?.reason).toContain('takes at most 1,048,576 and cannot follow further');
  });

  it.each([
    { version: '1.31.2', udp: 9_000, says: false },
    { version: '1.32.0', udp: 9_000, says: true },
    { version: '1.32.0', udp: 3_000, says: true },
    { version: '1.32.0', udp: 2_999, says: false },
  ])('names what kube-proxy $version does with $udp lookups of 10,000', (given) => {
    const dns = { udp: given.udp, tcp: 0, unreplied: 0 };
    const makeup = aMakeup({ listed: 10_000, dns });
    const kubeProxy = { version: given.version, source: 'add-on' } as const;
    const { facts } = aNode({ table: { entries: 10_000, max: 11_000 }, makeup, kubeProxy });
    const said = raiseLimit.assess(aCase({ facts }));
    expect(said?.reason.includes('kubernetes/kubernetes#135323')).toBe(given.says);
  });

  it('says nothing where there is no table', () => {
    expect(raiseLimit.assess(aCase({ facts: {} }))).toBeUndefined();
  });

  it.each(['limit-not-durable', 'limit-shrinks-on-upgrade'])(
    'keeps the limit that there is, where %s asks for no more',
    (rule) => {
      const said = raiseLimit.assess(aCase(aNodeUsing(1_000, 262_144), { rule }));
      expect(said).toMatchObject({ helps: true, predicted: { limit: 262_144 } });
      expect(said?.steps[0]).toContain('conntrack.min to 262144');
      expect(said?.steps.join()).not.toMatch(/sysctl|now, on the node/);
    },
  );

  it('names the largest limit that the memory carries', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const memory = { totalBytes: (131_072 * 384) / 0.05 };
    expect(raiseLimit.assess(aCase({ facts: { ...facts, memory } }))?.reason).toContain(
      '131,072 would fit, and be used to 92%',
    );
  });

  it('knows whether a plain sysctl outlives a start of this kube-proxy', () => {
    const steps = (version: string, vcpus = 2) => {
      const { facts } = aNodeUsing(120_000, 131_072);
      const kubeProxy = { version, source: 'add-on' } as const;
      return raiseLimit.assess(aCase({ facts: { ...facts, kubeProxy, vcpus } }))?.steps ?? [];
    };
    expect(steps('1.31.2')[0]).toContain('until kube-proxy starts again');
    expect(steps('1.28.15')[0]).not.toContain('until');
    expect(steps('1.28.15')[1]).toContain('only ever raises');
    expect(steps('none')[1]).toContain('user data');
    expect(steps('1.36.0', 32)[1]).toContain('conntrack.min to');
    expect(steps('1.36.0', 33)[1]).toContain('conntrack.maxPerCore to 0');
  });

  it('says when the hash should grow with the limit', () => {
    const { facts } = aNodeUsing(120_000, 131_072);
    const reason = (buckets: number) =>
      raiseLimit.assess(aCase({ facts: { ...facts, hash: { buckets, entriesPerBucket: 1 } } }))
        ?.reason;
    expect(reason(262_144 / 8)).not.toContain('grow the hash');
    expect(reason(262_144 / 8 - 1)).toContain('grow the hash');
  });

  it('keeps a limit through an upgrade by the rule of the kube-proxy that comes', () => {
    const { facts } = aNodeUsing(1_000, 3_145_728);
    const large = {
      ...facts,
      vcpus: 96,
      memory: { totalBytes: 380 * GIB },
      kubeProxy: { version: '1.35.0', source: 'add-on' },
    } as const;
    const said = raiseLimit.assess(aCase({ facts: large }, { rule: 'limit-shrinks-on-upgrade' }));
    expect(said?.steps[0]).toContain('conntrack.maxPerCore to 0');
  });

  it('does not help where the hash is crowded', () => {
    const said = raiseLimit.assess(aCase(aNodeUsing(900, 1_000), { rule: 'hash-crowding' }));
    expect(said).toMatchObject({ helps: false, predicted: { limit: 1_000, usage: 0.9 } });
  });
});
