import { describe, expect, it } from 'vitest';
import { saidOf } from '../../../lib/core/plan/said.js';
import { aCandidate, aFindingOf, aMember } from '../../support/a-candidate.js';

const pressure = aFindingOf('table-pressure', ['i-1'], { severity: 'critical' });
const allowance = aFindingOf('allowance-low', ['i-1']);
const ofTable = aMember(pressure, { reason: 'of the table', steps: ['one'] });
const ofEc2 = aMember(allowance, {
  reason: 'of EC2',
  command: { name: 'fix', remedy: 'remedy', limit: 1 },
});

describe('what is said of an action', () => {
  it('is said of the worst finding that it settles, and not of the worst that asks for it', () => {
    const candidate = aCandidate([ofTable, ofEc2]);
    expect(saidOf(candidate, [allowance, pressure])).toEqual({
      reason: 'of the table',
      steps: ['one'],
    });
    expect(saidOf(candidate, [allowance])).toEqual({
      reason: 'of EC2',
      steps: [],
      command: { name: 'fix', remedy: 'remedy', limit: 1 },
    });
  });

  it('is that of the worst that asks where it settles none of them', () => {
    expect(saidOf(aCandidate([ofTable, ofEc2]), []).reason).toBe('of the table');
    expect(saidOf(aCandidate([]), [])).toEqual({ reason: '', steps: [] });
  });

  it('is that of its place where the candidate says it', () => {
    const own = { reason: 'of the place', steps: ['all'], command: { name: 'node' } } as const;
    expect(saidOf(aCandidate([ofEc2], own), [allowance])).toEqual(own);
  });

  it('is never that of a finding that asks for another type', () => {
    const typed = (type: string, reason: string, finding = pressure) =>
      aMember(finding, { reason, predicted: { instanceType: type } });
    const members = [typed('m5.xlarge', 'small', allowance), typed('m5.2xlarge', 'large')];
    const candidate = aCandidate(members, { instanceType: 'm5.2xlarge' });
    expect(saidOf(candidate, [allowance]).reason).toBe('large');
    const small = aCandidate(members, { instanceType: 'm5.xlarge' });
    expect(saidOf(small, [pressure]).reason).toBe('small');
  });
});
