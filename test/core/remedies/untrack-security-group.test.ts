import { describe, expect, it } from 'vitest';
import { untrackSecurityGroup } from '../../../lib/core/remedies/untrack-security-group.js';
import { aCase } from '../../support/a-case.js';
import { aNode } from '../../support/a-node.js';

describe('untrack-security-group', () => {
  const said = untrackSecurityGroup.assess(aCase(aNode(), { rule: 'allowance-exceeded' }));

  it('predicts nothing, as security groups were not read, and says what it opens', () => {
    expect(said).toMatchObject({
      helps: null,
      predicted: {},
      reason: expect.stringContaining('open to everybody whom no network ACL stops') as string,
    });
  });

  it('closes by network ACL what it opens next, and takes it back last', () => {
    expect(said?.steps.map((step) => step.split(':')[0])).toEqual([
      'choose a port that the node serves, such as that of an ingress; what comes through a NAT gateway, a Network Load Balancer, PrivateLink, Lambda or a Global Accelerator is tracked all the same',
      'first',
      'then',
      'undo',
      'proof',
    ]);
    expect(said?.steps[1]).toContain('network ACL');
  });
});
