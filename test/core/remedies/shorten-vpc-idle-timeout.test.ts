import { describe, expect, it } from 'vitest';
import type { NodeGroupKind } from '../../../lib/core/node/fleet.js';
import { shortenVpcIdleTimeout } from '../../../lib/core/remedies/shorten-vpc-idle-timeout.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout, shape } from '../../support/a-node.js';

const { facts: plain } = aNodeWithout('makeup', 'vpcTracking');

function keeping(tcpEstablishedSeconds: number, facts: NodeFacts = {}) {
  const vpcTracking = { tcpEstablishedSeconds, configured: false };
  return aCase({ facts: { ...plain, vpcTracking, ...facts } }, { rule: 'vpc-idle-timeout' });
}

describe('shorten-vpc-idle-timeout', () => {
  it('says from what to what, and that nobody tells how many connections that is', () => {
    expect(shortenVpcIdleTimeout.assess(keeping(432_000))).toMatchObject({
      helps: true,
      reason:
        'EC2 would forget an idle connection after 7,500 s in place of 432,000 s, so that of those that nobody closes up to 98% leave its tracking (estimate); how many there are EC2 does not tell',
      predicted: {},
    });
  });

  it('sets it on each interface and in the launch template, and says the way back', () => {
    const steps = shortenVpcIdleTimeout.assess(keeping(432_000))?.steps.join('\n');
    expect(steps).toContain('--connection-tracking-specification TcpEstablishedTimeout=7500\n');
    expect(steps).toMatch(/^for good: .*launch template/m);
    expect(steps).toMatch(/^undo: .*TcpEstablishedTimeout=432000,/m);
    expect(steps).toMatch(/^proof: .*conntrack_allowance_available/m);
  });

  it.each([
    { seconds: 350, helps: false },
    { seconds: 7_500, helps: false },
    { seconds: 7_501, helps: true },
  ])('is $helps where EC2 keeps idle TCP $seconds s', ({ seconds, helps }) => {
    expect(shortenVpcIdleTimeout.assess(keeping(seconds))?.helps).toBe(helps);
  });

  it('says so where the timeout is short already', () => {
    expect(shortenVpcIdleTimeout.assess(keeping(350))).toMatchObject({
      reason: 'EC2 forgets an idle connection after 350 s already; below that, mind the keepalives',
      steps: [],
    });
  });

  it('shows what idles in the table of the kernel as a hint, where that was counted', () => {
    const table = { entries: 1_000, max: 2_000 };
    const idle = aMakeup({ idleEstablished: 250 });
    expect(shortenVpcIdleTimeout.assess(keeping(432_000, { table, makeup: idle }))?.reason).toMatch(
      /does not tell \(of the kernel's table 25% are established and idle for an hour\)$/,
    );
    const { idleEstablished: _, ...unknown } = idle;
    const said = shortenVpcIdleTimeout.assess(keeping(432_000, { table, makeup: unknown }));
    expect(said?.reason).toMatch(/does not tell$/);
  });

  it('gives no hint of an empty list', () => {
    const makeup = aMakeup({ listed: 0, idleEstablished: 0 });
    expect(shortenVpcIdleTimeout.assess(keeping(432_000, { makeup }))?.reason).toMatch(/not tell$/);
  });

  it('does not help on Xen, which has no such timeout', () => {
    const xen: NodeFacts = { shape: { ...shape, hypervisor: 'xen' } };
    expect(shortenVpcIdleTimeout.assess(keeping(432_000, xen))).toMatchObject({
      helps: false,
      reason: 'only Nitro instances have this timeout',
    });
  });

  it('predicts nothing where the timeout is not known', () => {
    expect(shortenVpcIdleTimeout.assess(aCase({ facts: plain }))).toMatchObject({
      helps: null,
      predicted: {},
    });
  });

  it('is a field of the node class where Karpenter makes the nodes', () => {
    const vpcTracking = { tcpEstablishedSeconds: 432_000, configured: false };
    const weighed = aCase(aNode({ vpcTracking }), { rule: 'vpc-idle-timeout' });
    const of = (kind: NodeGroupKind) =>
      shortenVpcIdleTimeout.assess({ ...weighed, nodeGroupKind: kind })?.steps.join('\n') ?? '';
    expect(of('karpenter')).toContain(
      'for good: spec.connectionTracking.tcpEstablishedTimeout: 7500 of the EC2NodeClass, from Karpenter v1.13.0 on; it then makes Nitro instances alone',
    );
    expect(of('karpenter')).not.toContain('launch template');
    expect(of('managed')).toContain('TcpEstablishedTimeout of the launch template');
  });
});
