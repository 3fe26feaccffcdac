import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/core/judge.js';
import { defaultPolicy } from '../../../lib/core/policy.js';
import { mailBody, mailSubject } from '../../../lib/core/render/mail.js';
import { rules } from '../../../lib/core/rules/index.js';
import { aFleet, aNode, aNodeUsing } from '../../support/a-node.js';

function reportOf(snapshots: ReturnType<typeof aNode>[]) {
  const fleet = aFleet(snapshots.map(({ node }) => node));
  const evidence = { runId: 'r', startedAt: '2026-11-23T08:00:00Z', fleet, snapshots, silent: [] };
  return judge(evidence, rules, defaultPolicy);
}

const hotGroups = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    aNodeUsing(130_000, 131_072, { instanceId: `i-${at}`, nodeGroup: `group-${at}` }),
  );

describe('a mail', () => {
  it('says in its subject how bad it is, where, and of how many', () => {
    expect(mailSubject(reportOf(hotGroups(1)))).toBe(
      '[critical] conntrack in us-east-1: 1 critical on 1 node of 1 cluster',
    );
    expect(mailSubject(reportOf([aNode()]))).toContain('[ok] conntrack in us-east-1: no findings');
  });

  it('spells out 25 findings, counts the rest, and says where the whole report is', () => {
    const body = mailBody(reportOf(hotGroups(26)), 's3://bucket/runs/r/');
    expect(body.match(/^CRITICAL/gm)).toHaveLength(25);
    expect(body).toContain('and 1 more finding\nThe whole report: s3://bucket/runs/r/\n');
    expect(mailBody(reportOf(hotGroups(25)), 'x')).not.toContain('more finding');
  });
});
