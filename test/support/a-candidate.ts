import type { Assessment, Finding } from '../../lib/core/judge/finding.js';
import type { Candidate, Member } from '../../lib/core/plan/candidate.js';
import { aFinding } from './a-transition.js';

/** A finding of these nodes of `web` in `shop`. */
export function aFindingOf(
  rule: string,
  ids: readonly string[],
  different: Partial<Finding> = {},
): Finding {
  const { cluster = 'shop', nodeGroup = 'web', severity = 'warning' } = different;
  const nodes = ids.map((instanceId) => ({
    instanceId,
    instanceType: 'm5.large',
    severity,
    summary: '',
    measures: {},
  }));
  const id = `${rule}/${cluster}/${nodeGroup}`;
  return {
    ...aFinding(),
    remedies: [],
    ...different,
    id,
    rule,
    cluster,
    nodeGroup,
    severity,
    nodes,
  };
}

/** What a remedy that helps says of a finding. */
export function aMember(finding: Finding, different: Partial<Assessment> = {}): Member {
  const assessment: Assessment = {
    id: 'remedy',
    title: 'Do it',
    helps: true,
    reason: 'it helps',
    predicted: {},
    steps: [],
    ...different,
  };
  return { finding, assessment };
}

/** A candidate for these members in the whole of `shop`, which changes nothing unless it is told. */
export function aCandidate(
  members: readonly Member[],
  different: Partial<Candidate> = {},
): Candidate {
  return {
    id: 'remedy/shop',
    remedy: 'remedy',
    title: 'Do it in shop',
    reach: 'cluster',
    cluster: 'shop',
    rank: 0,
    members,
    answers: new Set(members.map(({ finding }) => finding.id)),
    change: () => undefined,
    ...different,
  };
}
