import { describe, expect, it } from 'vitest';
import { reachCandidate } from '../../../lib/core/plan/reach-candidate.js';
import { reachNode } from '../../../lib/core/remedies/reach-node.js';
import { aFindingOf, aMember } from '../../support/a-candidate.js';
import { aNode } from '../../support/a-node.js';
import type { Member } from '../../../lib/core/plan/candidate.js';

function silent(cause: string, ids: string[], steps: string[]): Member {
  const finding = aFindingOf('node-silent', ids);
  return aMember({ ...finding, id: `${finding.id}/${cause}` }, { reason: 'it answers', steps });
}

const candidateOf = (members: readonly Member[]) =>
  reachCandidate({
    remedy: reachNode,
    rank: 9,
    cluster: 'shop',
    members,
    doubted: new Set(),
    kinds: new Map(),
  });

describe('the one action for all silent nodes of a cluster', () => {
  it('counts nodes by cause, the most first, and by name among as many', () => {
    const members = [
      silent('ssm-missing', ['i-1'], []),
      silent('no-answer', ['i-2'], []),
      silent('ssm-offline', ['i-3', 'i-4'], []),
    ];
    expect(candidateOf(members).reason).toBe(
      'nodes by cause: ssm-offline 2, no-answer 1, ssm-missing 1',
    );
  });

  it('says a step once, with the causes that it is for', () => {
    const members = [
      silent('ssm-missing', ['i-1'], ['attach the policy', 'look at the agent']),
      silent('ssm-offline', ['i-2'], ['look at the agent']),
    ];
    expect(candidateOf(members).steps).toEqual([
      'ssm-missing: attach the policy',
      'ssm-missing, ssm-offline: look at the agent',
    ]);
  });

  it('names no cause before each step where there is one alone', () => {
    const { reason, steps } = candidateOf([silent('ssm-missing', ['i-1', 'i-2'], ['attach it'])]);
    expect(reason).toBe('ssm-missing: it answers');
    expect(steps).toEqual(['attach it']);
  });

  it('adds reading by hand where the program can do that on the node', () => {
    const finding = aFindingOf('reading-implausible', ['i-1']);
    const { reason, steps } = candidateOf([aMember(finding, { command: { name: 'node' } })]);
    expect(reason).toBe('reading-implausible: it helps');
    expect(steps).toEqual(['read the node by hand, with the command node on it']);
  });

  it('changes no table', () => {
    const candidate = candidateOf([silent('no-answer', ['i-1'], [])]);
    expect(candidate.change(aNode())).toBeUndefined();
  });
});
