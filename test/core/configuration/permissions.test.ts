import { describe, expect, it } from 'vitest';
import {
  arnOf,
  fleetReads,
  SEND,
  spared,
  statementFor,
} from '../../../lib/core/configuration/permissions.js';
import { roleStatements, synthAuditor } from '../../support/synth-auditor.js';

const place = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };
const actions = fleetReads.flatMap((one) => one.actions);

describe('the permissions of an audit', () => {
  it('are those of the deployed role that concern the fleet', () => {
    const role = roleStatements(synthAuditor().template, /AuditorAuditRole/);
    const ofFleet = role
      .flatMap((one) => one.actions)
      .filter((action) => /^(ec2|eks|iam|ssm|tag):/.test(action));
    expect([...new Set(ofFleet)].sort()).toEqual([...actions, SEND].sort());
  });

  it('name each action once', () => {
    expect(new Set(actions).size).toBe(actions.length);
  });

  it('can spare only what they name', () => {
    for (const action of Object.keys(spared)) expect(actions).toContain(action);
  });
});

describe('the statement that allows an action', () => {
  it('holds the narrowest resource that IAM takes', () => {
    expect(JSON.parse(statementFor('eks:DescribeNodegroup', place))).toEqual({
      Effect: 'Allow',
      Action: 'eks:DescribeNodegroup',
      Resource: 'arn:aws-cn:eks:cn-north-1:111122223333:nodegroup/*/*',
    });
  });

  it.each(['eks:ListClusters', 'a:Stranger'])('holds every resource for %s', (action) => {
    expect(JSON.parse(statementFor(action, place))).toMatchObject({ Resource: '*' });
  });

  it('holds every resource where nobody knows the account', () => {
    expect(JSON.parse(statementFor('eks:DescribeCluster'))).toMatchObject({ Resource: '*' });
    expect(arnOf(undefined, place)).toBe('*');
  });
});
