import { describe, expect, it } from 'vitest';
import type { Account, Gap } from '../../../lib/core/node/gap.js';
import { judge } from '../../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import { plain } from '../../../lib/core/render/paint.js';
import { textReport } from '../../../lib/core/render/text.js';
import { headline } from '../../../lib/core/render/verdict.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aFleet, aNode, aNodeUsing } from '../../support/a-node.js';

function reportOf(snapshots: ReturnType<typeof aNode>[]) {
  const fleet = aFleet(snapshots.map(({ node }) => node));
  return judge(
    { runId: 'run-1', startedAt: '2026-11-23T08:00:00Z', fleet, snapshots, silent: [] },
    catalogue,
    defaultPolicy,
  );
}

describe('textReport', () => {
  it('says that a clean fleet is clean, and how many nodes were read', () => {
    expect(textReport(reportOf([aNode()]))).toBe(
      [
        'conntrack audit: no findings on 1 node read',
        '1 node discovered = 1 read + 0 silent',
        'us-east-1, 2026-11-23T08:00:00Z, run run-1',
        '',
      ].join('\n'),
    );
  });

  it('shows the finding, where the limit comes from, and the one thing to do with its effect', () => {
    const text = textReport(reportOf([aNodeUsing(130_000, 131_072)]));
    expect(text).toContain('CRITICAL  example / workers  table-pressure');
    expect(text).toContain('130,000 of 131,072 conntrack entries are in use (99%)');
    expect(text).toMatch(/Why: {3}131,072 is what is expected here\. kube-proxy 1\.31\.2 computes/);
    expect(text).toMatch(/Do: {4}Raise the limit .*\(raise-limit\) -> limit 262,144, usage 50%/);
    expect(text).toMatch(/Not: {3}Use a larger instance/);
    expect(text).toMatch(/Maybe: Let NodeLocal DNSCache answer/);
  });

  it('says how sure a prediction from a sample is', () => {
    const makeup = aMakeup({
      listed: 20_000,
      whole: false,
      dns: { udp: 12_000, tcp: 0, unreplied: 0 },
    });
    const { node, facts } = aNodeUsing(124_518, 131_072);
    const text = textReport(reportOf([{ node, facts: { ...facts, makeup } }]));
    expect(text).toContain(
      '(node-local-dns-cache) -> limit 131,072, usage 38% ± 1%: DNS holds 60%',
    );
  });

  it('names the first nodes of a finding and counts the rest', () => {
    const many = Array.from({ length: 8 }, (_, at) =>
      aNodeUsing(100_000 + at, 131_072, { instanceId: `i-${at}` }),
    );
    const text = textReport(reportOf(many));
    expect(text).toContain('i-7 (m5.large): 100,007 of');
    expect(text).toContain('and 3 more nodes');
    expect(text).not.toContain('i-0 (m5.large)');
  });

  it('lets nothing that a tag holds write to the terminal', () => {
    const nodeGroup = '\u001b[2J\u202e evil\r\n';
    const text = textReport(reportOf([aNodeUsing(130_000, 131_072, { nodeGroup })]));
    expect(text).toContain('example / ?[2J? evil??');
    expect(text).not.toMatch(/[\u001b\r\u202e]/);
  });

  it('says what the services would not tell, with the permission that is missing', () => {
    const gap: Gap = {
      about: 'add-on',
      subject: 'kube-proxy add-on of prod',
      cluster: 'prod',
      operation: 'eks:DescribeAddon',
      reason: 'not-permitted',
      detail: 'AccessDenied\u001b[2J',
    };
    const gaps = [
      gap,
      ...Array.from({ length: 20 }, () => ({ ...gap, reason: 'throttled' as const })),
    ];
    expect(textReport({ ...reportOf([aNode()]), gaps: gaps.slice(0, 20) })).not.toContain('more');
    const text = textReport({ ...reportOf([aNode()]), gaps });
    expect(text).toContain(
      [
        'Not known',
        '  kube-proxy add-on of prod: the role may not ask, and needs eks:DescribeAddon: AccessDenied?[2J',
        '  kube-proxy add-on of prod: the service refused too many requests, each try of them (eks:DescribeAddon): AccessDenied?[2J',
      ].join('\n'),
    );
    expect(text).toContain('  and 1 more: --json has all\n');
  });

  it('names the account by its alias and its id', () => {
    const report = reportOf([aNode()]);
    const named = (account: Account) => textReport({ ...report, account }).split('\n')[2];
    expect(named({ id: '123456789012', alias: 'acme' })).toMatch(
      /^acme \(123456789012\), us-east-1, 2026/,
    );
    expect(named({ id: '123456789012' })).toMatch(/^123456789012, us-east-1, 2026/);
  });

  it('colours the severity and adds nothing else', () => {
    const loud = {
      ...plain,
      critical: (text: string) => `<${text}>`,
    };
    const report = reportOf([aNodeUsing(130_000, 131_072)]);
    expect(textReport(report, loud).replace('<CRITICAL>', 'CRITICAL')).toBe(textReport(report));
  });
});

describe('headline', () => {
  it('says first that no node could be read', () => {
    const report = { ...reportOf([aNode()]), nodes: { discovered: 12, read: 0, silent: 12 } };
    expect(headline(report)).toBe(
      'no node of 12 could be read; no findings on 0 nodes read; 12 nodes silent',
    );
    expect(headline({ ...report, nodes: { discovered: 12, read: 1, silent: 11 } })).toMatch(
      /^no f/,
    );
    expect(headline({ ...report, nodes: { discovered: 0, read: 0, silent: 0 } })).toBe(
      'no findings on 0 nodes of 1 cluster',
    );
  });

  it('counts findings by severity, worst first, and silent nodes apart from them', () => {
    const report = reportOf([
      aNodeUsing(130_000, 131_072, { instanceId: 'i-1', nodeGroup: 'a' }),
      aNodeUsing(100_000, 131_072, { instanceId: 'i-2', nodeGroup: 'b' }),
      aNode({}, { instanceId: 'i-3' }),
    ]);
    expect(headline(report)).toBe('1 critical, 1 warning on 2 of 3 nodes read');
    const [first] = report.findings;
    if (first === undefined) throw new Error('there are findings');
    const silent = { ...first, id: 'node-silent/a/b/timed-out', rule: 'node-silent' };
    const nodes = { discovered: 4, read: 3, silent: 1 };
    expect(headline({ ...report, nodes, findings: [...report.findings, silent] })).toBe(
      '1 critical, 1 warning on 2 of 3 nodes read; 1 node silent',
    );
  });
});
