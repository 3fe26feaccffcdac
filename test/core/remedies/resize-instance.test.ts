import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundledShapes, findShape } from '../../../lib/core/limit/instance-shapes.js';
import { expectedLimitOnShape } from '../../../lib/core/limit/node-limit.js';
import { resizeInstance } from '../../../lib/core/remedies/resize-instance.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

const family = (name: string) =>
  bundledShapes.filter((one) => one.instanceType.startsWith(`${name}.`));

/** A t3.xlarge with this many entries, under this kube-proxy. */
function onT3Xlarge(entries: number, max: number, version: string) {
  const t3 = findShape('t3.xlarge');
  if (t3 === undefined) throw new Error('t3.xlarge is not in the bundled table');
  const { facts } = aNode({
    table: { entries, max },
    shape: t3,
    vcpus: 4,
    memory: { totalBytes: 15.4 * 1_073_741_824 },
    kubeProxy: { version, source: 'add-on' },
  });
  return aCase({ facts }, { instanceType: 't3.xlarge', shapes: family('t3') });
}

describe('resize-instance', () => {
  it('names the smallest size whose limit in this era suffices', () => {
    expect(resizeInstance.assess(onT3Xlarge(120_000, 131_072, '1.31.2'))).toMatchObject({
      helps: true,
      reason:
        't3.2xlarge (8 vCPU) gets 262,144 from kube-proxy 1.31.2; more memory with 4 vCPU leaves the limit at 131,072',
      predicted: { instanceType: 't3.2xlarge', limit: 262_144, usage: 120_000 / 262_144 },
    });
  });

  it('says when no size of the family would do', () => {
    expect(resizeInstance.assess(onT3Xlarge(250_000, 262_144, '1.28.15'))).toMatchObject({
      helps: false,
      reason: 'even t3.2xlarge would have 262,144, and the load asks for 524,288',
      steps: [],
    });
  });

  it('names the sizes in between that would not be enough', () => {
    const { facts } = aNode({ table: { entries: 120_000, max: 131_072 } });
    const said = resizeInstance.assess(aCase({ facts }, { shapes: family('m5') }));
    expect(said?.reason).toContain('m5.2xlarge (8 vCPU)');
    expect(said?.reason).toContain('m5.xlarge would not be enough');
  });

  it('does not predict what an unknown kube-proxy would do', () => {
    const { kubeProxy: _, ...facts } = aNode({ table: { entries: 9, max: 10 } }).facts;
    expect(resizeInstance.assess(aCase({ facts }))).toMatchObject({ helps: null, predicted: {} });
  });

  it('says that the largest size has no larger one', () => {
    const { facts } = aNode({ table: { entries: 120_000, max: 131_072 } });
    expect(resizeInstance.assess(aCase({ facts }))?.reason).toContain('no larger size');
  });

  it('never names a type of another architecture, a smaller one, or one whose limit is below what is wanted', () => {
    const versions = ['1.22.17', '1.28.15', '1.31.2', '1.36.0', '1.38.0', 'none'];
    fc.assert(
      fc.property(
        fc.constantFrom(...bundledShapes),
        fc.constantFrom(...versions),
        fc.integer({ min: 1, max: 4_000_000 }),
        (from, version, entries) => {
          const { facts } = aNode({
            table: { entries, max: entries },
            shape: from,
            vcpus: from.vcpus,
            memory: { totalBytes: from.memoryMiB * 1_048_576 * 0.93 },
            kubeProxy: { version, source: 'given' },
          });
          const shapes = family(from.instanceType.split('.')[0] ?? '');
          const said = resizeInstance.assess(
            aCase({ facts }, { instanceType: from.instanceType, shapes }),
          );
          if (said?.helps !== true) return true;
          const named = shapes.find((one) => one.instanceType === said.predicted.instanceType);
          if (named?.architecture !== from.architecture || named.vcpus < from.vcpus) return false;
          const limit = expectedLimitOnShape(facts, named);
          return limit === said.predicted.limit && (limit ?? 0) >= entries * 2;
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['allowance-exceeded', 'allowance-low'])(
    'names the next size for %s, and promises no number',
    (rule) => {
      const said = resizeInstance.assess({ ...onT3Xlarge(1_000, 131_072, '1.31.2'), rule });
      expect(said).toMatchObject({
        helps: true,
        reason:
          'EC2 tracks more connections on a larger size, and does not publish how many; after t3.xlarge comes t3.2xlarge',
        predicted: { instanceType: 't3.2xlarge' },
      });
      expect(Object.keys(said?.predicted ?? {})).toEqual(['instanceType']);
      expect(said?.steps.at(-1)).toContain('conntrack_allowance_available');
    },
  );

  it.each([
    ['as EC2 sorts them', family('t3')],
    ['the other way round', family('t3').toReversed()],
  ])('takes of sizes with as many vCPU the one with least memory, listed %s', (_, shapes) => {
    const small = findShape('t3.small');
    if (small === undefined) throw new Error('t3.small is not in the bundled table');
    const { facts } = aNode({ shape: small, vcpus: 2 });
    const weighed = aCase({ facts }, { instanceType: 't3.small', shapes, rule: 'allowance-low' });
    expect(resizeInstance.assess(weighed)?.predicted).toEqual({ instanceType: 't3.medium' });
  });

  it('names no size for EC2’s tracking where the family has none, or the node’s own is not known', () => {
    const rule = 'allowance-exceeded';
    expect(resizeInstance.assess(aCase(aNode(), { rule }))).toMatchObject({ helps: false });
    const { shape: _, ...facts } = aNode().facts;
    expect(resizeInstance.assess(aCase({ facts }, { rule, shapes: family('m5') }))).toMatchObject({
      helps: false,
      predicted: {},
    });
  });

  it('does not help packets to the resolver, which have one limit on every size', () => {
    const weighed = { ...onT3Xlarge(1_000, 131_072, '1.31.2'), rule: 'link-local-exceeded' };
    expect(resizeInstance.assess(weighed)).toMatchObject({
      helps: false,
      reason: expect.stringContaining('1,024 packets a second') as string,
      predicted: {},
    });
  });

  it('does not help one node that is unlike its group', () => {
    const weighed = {
      ...onT3Xlarge(100_000, 131_072, '1.31.2'),
      rule: 'hot-node',
      group: { nodes: 12, entries: 300_000, medianUsage: 0.12 },
    };
    expect(resizeInstance.assess(weighed)).toMatchObject({
      helps: false,
      reason:
        'the type is that of all 12 nodes of workers, and the middle one of them uses 12%: a larger one would be paid for by all, for one',
      predicted: {},
    });
  });

  it('answers evictions as it answers a full table', () => {
    const weighed = { ...onT3Xlarge(120_000, 131_072, '1.31.2'), rule: 'early-evictions' };
    expect(resizeInstance.assess(weighed)?.predicted).toMatchObject({ instanceType: 't3.2xlarge' });
  });

  it('does not help against a limit that something sets by hand', () => {
    const weighed = onT3Xlarge(1_000, 65_536, '1.31.2');
    expect(resizeInstance.assess({ ...weighed, rule: 'limit-unexpected' })).toMatchObject({
      helps: false,
      reason: expect.stringContaining('t3.xlarge would have 131,072') as string,
    });
  });

  it('names the size that keeps the limit through a restart or an upgrade', () => {
    const raised = { ...onT3Xlarge(1_000, 262_144, '1.31.2'), rule: 'limit-not-durable' };
    expect(resizeInstance.assess(raised)?.predicted).toMatchObject({ instanceType: 't3.2xlarge' });
    const before129 = {
      ...onT3Xlarge(1_000, 262_144, '1.28.15'),
      rule: 'limit-shrinks-on-upgrade',
    };
    expect(resizeInstance.assess(before129)).toMatchObject({
      helps: true,
      reason: expect.stringContaining('from kube-proxy 1.29') as string,
      predicted: { instanceType: 't3.2xlarge', limit: 262_144 },
    });
  });

  describe('where the node is not launched with all that its type has', () => {
    /** 110,000 of 131,072 entries on an m5.2xlarge, which has 8 vCPU, with so many of them. */
    const launched = (vcpus: number, threadsPerCore?: number) => {
      const shape = bundledShapes.find(({ instanceType }) => instanceType === 'm5.2xlarge');
      const table = { entries: 110_000, max: 131_072 };
      const threads = threadsPerCore === undefined ? {} : { threadsPerCore };
      const { facts } = aNode({ table, vcpus, ...(shape && { shape }), ...threads });
      const more = { instanceType: 'm5.2xlarge', shapes: bundledShapes };
      return resizeInstance.assess(aCase({ facts }, more));
    };

    it.each([undefined, 1])('halves a larger size as it is halved itself: %s', (threads) => {
      expect(launched(4, threads)).toMatchObject({
        helps: true,
        reason:
          'm5.4xlarge (8 vCPU, launched with one thread a core as this node is) gets 262,144 from kube-proxy 1.31.2; more memory with 4 vCPU leaves the limit at 131,072',
        predicted: { instanceType: 'm5.4xlarge', limit: 262_144, usage: 110_000 / 262_144 },
      });
    });

    it.each([
      { vcpus: 4, threads: 2 },
      { vcpus: 6, threads: 2 },
      { vcpus: 2, threads: 1 },
    ])('cannot tell from $vcpus vCPU of 8 with $threads threads a core', ({ vcpus, threads }) => {
      expect(launched(vcpus, threads)).toMatchObject({
        helps: null,
        reason: expect.stringContaining(`has ${vcpus} of the 8 vCPU of m5.2xlarge`) as string,
      });
    });

    it('takes a larger size as it is sold where the node has all', () => {
      expect(launched(8, 2)?.predicted).toMatchObject({
        instanceType: 'm5.4xlarge',
        limit: 524_288,
      });
      expect(launched(8, 1)?.predicted).toMatchObject({
        instanceType: 'm5.4xlarge',
        limit: 524_288,
      });
    });
  });

  it('speaks of the NodePool where Karpenter makes the nodes', () => {
    const { facts } = aNode({ table: { entries: 110_000, max: 131_072 } });
    const more = { shapes: bundledShapes, nodeGroupKind: 'karpenter' } as const;
    const { steps = [] } = resizeInstance.assess(aCase({ facts }, more)) ?? {};
    expect(steps[0]).toMatch(/^let the NodePool make m5\.2xlarge \(now m5\.large\)/);
    expect(steps[1]).toBe('undo: set the requirements back');
  });
});
