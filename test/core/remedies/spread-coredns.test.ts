import { describe, expect, it } from 'vitest';
import { spreadCoreDns } from '../../../lib/core/remedies/spread-coredns.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNodeWithout } from '../../support/a-node.js';

const holding = (owner: string) =>
  aMakeup({ holders: [{ address: '10.0.1.9', entries: 50, owner }] });

const { facts: plain } = aNodeWithout('makeup', 'nodeLocalDns');

function assess(facts: NodeFacts, rule = 'link-local-exceeded') {
  return spreadCoreDns.assess(aCase({ facts: { ...plain, ...facts } }, { rule }));
}

describe('spread-coredns', () => {
  const coreDns = holding('kube-system/coredns-5d78c9869d-abcde');

  it('helps a node that CoreDNS runs on, whoever else asks there', () => {
    expect(assess({ makeup: coreDns, nodeLocalDns: { interface: true } })).toMatchObject({
      helps: true,
      reason: expect.stringContaining('its own 1,024 packets a second') as string,
      predicted: {},
    });
  });

  it('asks for more replicas than EKS starts with, and names the cluster', () => {
    const steps = assess({ makeup: coreDns })?.steps.join('\n');
    expect(steps).toContain(
      'aws eks update-addon --cluster-name example --addon-name coredns --resolve-conflicts PRESERVE --configuration-values \'{"autoScaling":{"enabled":true,"minReplicas":4,"maxReplicas":10},"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}]}\'',
    );
    expect(steps).toMatch(
      /^take nodeSelector and affinity that pin CoreDNS .* out of the same values/m,
    );
    expect(steps).toMatch(/^undo: /m);
    expect(steps).toMatch(/^proof: linklocal_allowance_exceeded/m);
  });

  it('does not help where NodeLocal DNSCache asks by itself', () => {
    const facts = { makeup: holding('default/web-0'), nodeLocalDns: { interface: true } };
    expect(assess(facts)).toMatchObject({ helps: false, steps: [] });
  });

  it.each([
    { makeup: holding('default/coredns-0') },
    { makeup: aMakeup({ holders: [{ address: '10.0.1.9', entries: 50 }] }) },
    { nodeLocalDns: { interface: false } },
    {},
  ])('cannot tell from %j', (facts) => {
    expect(assess(facts)).toMatchObject({
      helps: null,
      reason: expect.stringContaining('was not seen') as string,
      steps: expect.arrayContaining([expect.stringMatching(/^undo: /)]) as string[],
    });
  });

  it('takes no entry of lookups away, even where CoreDNS runs', () => {
    expect(assess({ makeup: coreDns }, 'dns-entry-share')).toMatchObject({
      helps: false,
      reason: 'clients ask as often as before, and the entries of lookups are theirs',
      steps: [],
    });
  });
});
