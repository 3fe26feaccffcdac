import { describe, expect, it } from 'vitest';
import { mailBody } from '../../../lib/core/render/mail.js';
import type { Finding } from '../../../lib/core/judge/finding.js';
import type { MutedFinding } from '../../../lib/core/ledger/digest.js';
import { transitionKinds, type TransitionKind } from '../../../lib/core/ledger/transition.js';
import type { Gap } from '../../../lib/core/node/gap.js';
import { aDigest, aTransition } from '../../support/a-digest.js';

const silenced = (amount: number): MutedFinding[] =>
  Array.from({ length: amount }, (_, at) => ({
    id: `hot-node/payments/group-${at}`,
    severity: 'warning',
    summary: 'hot',
    until: '2026-12-01T00:00:00.000Z',
    reason: 'is being replaced',
  }));

const [aNodeFinding] = aTransition().finding.nodes as [Finding['nodes'][number]];

describe('a mail', () => {
  it('says what changed, what to do, and where the rest is', () => {
    const before = { instanceId: 'i-0b', entries: 127_402, max: 131_072 };
    const digest = aDigest(
      [
        aTransition({}, { why: 'kube-proxy computes 131,072.' }),
        aTransition(
          {
            kind: 'resolved',
            was: 'critical',
            before,
            after: { ...before, entries: 102_236, max: 262_144 },
            note: 'the limit was raised',
          },
          { nodeGroup: 'api', summary: 'i-0b (m5.large): nearly full' },
        ),
      ],
      { silenced: silenced(1), notes: ['the ledger was damaged'] },
    );
    expect(mailBody(digest)).toBe(`conntrack in us-east-1: 1 new, 1 resolved
open now: 1 critical, 2 warning (and 1 muted) on 121 nodes of 2 clusters = 102
  read + 19 silent
2026-11-24 08:00 UTC, run run-7

Note: the ledger was damaged

PLAN
  1. Raise the limit of the conntrack table -> limit 262,144, usage 49% ± 1%
     (predicted)

CRITICAL  storefront / web
  i-0a (t3.xlarge)
    new       table-pressure: 127,402 of 131,072 conntrack entries are in use
              (97%)
  Why   kube-proxy computes 131,072.

RESOLVED  storefront / api
  i-0b: 97% of 131,072 -> 39% of 262,144
    resolved  table-pressure (was critical), since 2026-11-23 08:00 UTC
  Note  the limit was raised

NOW
  sudo sysctl -w net.netfilter.nf_conntrack_max=262144

FOR GOOD
  conntrack-auditor fix raise-limit --limit 262144

LINKS
  the whole report  s3://shelf/runs/run-7/
  https://us-east-1.console.aws.amazon.com/s3/object/shelf?prefix=runs/run-7/report.json

MUTE table-pressure of storefront / web for 7 days, by a line in mutes of the
configuration
  {"rule":"table-pressure","cluster":"storefront","nodeGroup":"web","until":"2026-12-01","reason":"…"}

MUTED: 1 open finding that nobody is told of for now
  warning  hot-node/payments/group-0  until 2026-12-01 00:00 UTC: is being
    replaced
`);
  });

  it('has a word for every kind of change', () => {
    const words = transitionKinds.flatMap((kind) =>
      mailBody(aDigest([aTransition({ kind })])).match(
        /^ {4}(new|worse|came back|reminder|mute over|better|resolved|left)(?= )/gm,
      ),
    );
    expect(new Set(words).size).toBe(transitionKinds.length);
  });

  it('says of the first audit that it is the first', () => {
    const open = { critical: 0, warning: 0, notice: 0 };
    expect(mailBody(aDigest([], { first: true, notes: ['hello'], open }))).toMatch(
      /^conntrack in us-east-1: first audit\n/,
    );
    expect(mailBody(aDigest(undefined, { first: true }))).toMatch(/: first audit, 1 new\n/);
  });

  it('names the account, what is not known, and where to look in the console', () => {
    const instanceId = 'i-0123456789abcdef0';
    const nodes = aTransition().finding.nodes.map((node) => ({ ...node, instanceId }));
    const gap = (subject: string, reason: Gap['reason']): Gap => ({
      about: 'cluster',
      subject,
      operation: 'eks:DescribeCluster',
      reason,
      detail: 'AccessDenied',
    });
    const gaps = ['a', 'b', 'c', 'd'].map((name) => gap(`cluster ${name}`, 'not-permitted'));
    const body = mailBody(
      aDigest([aTransition({}, { nodes }), aTransition({ kind: 'left' }, { nodeGroup: 'api' })], {
        account: { id: '123456789012', alias: 'acme-prod' },
        gaps: [...gaps, gap('cluster e', 'throttled')],
        links: { dashboard: 'conntrack' },
      }),
    );
    expect(body).toMatch(
      /^conntrack in acme-prod \(123456789012\), us-east-1: 1 new, 1 no longer audited\n/,
    );
    expect(body).toContain(
      [
        'Not known: cluster a, cluster b, cluster c, and 1 more: the role may not ask,',
        '  and needs eks:DescribeCluster',
        'Not known: cluster e: the service refused too many requests, each try of them',
        '  (eks:DescribeCluster)',
        '',
      ].join('\n'),
    );
    expect(body).toContain(
      [
        'NOW',
        `  aws ssm start-session --target ${instanceId} --region us-east-1`,
        '  sudo sysctl -w net.netfilter.nf_conntrack_max=262144',
        '',
      ].join('\n'),
    );
    expect(body).toContain(
      [
        'LINKS',
        `  ${instanceId}  https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#InstanceDetails:instanceId=${instanceId}`,
        `  a shell on it  https://us-east-1.console.aws.amazon.com/systems-manager/session-manager/${instanceId}?region=us-east-1`,
        '  dashboard  https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/conntrack',
        '',
      ].join('\n'),
    );
  });

  it('links to the two worst nodes that are open, each once, and to no shell where nothing was read', () => {
    const of = (instanceId: string, kind: TransitionKind, measures = {}) =>
      aTransition(
        { kind },
        { nodes: [{ ...aNodeFinding, instanceId, measures }], cluster: instanceId },
      );
    const ids = ['i-00000000', 'i-00000001', 'i-00000001', 'i-00000002', 'i-00000003'] as const;
    const [over, ...open] = ids;
    const body = mailBody(aDigest([of(over, 'resolved'), ...open.map((id) => of(id, 'new'))]));
    const linked = [...body.matchAll(/#InstanceDetails:instanceId=(.*)$/gm)].map(([, id]) => id);
    expect(linked).toEqual(['i-00000001', 'i-00000002']);
    expect(body).not.toContain('session-manager');
    expect(mailBody(aDigest([of('i-00000001', 'new')], { test: true }))).not.toContain('https://');
  });

  it('says first that no node could be read', () => {
    const nodes = { discovered: 12, read: 0, silent: 12 };
    expect(mailBody(aDigest(undefined, { nodes }))).toMatch(
      /^conntrack in us-east-1: no node of 12 could be read; 1 new\n/,
    );
    expect(mailBody(aDigest([], { nodes }))).toMatch(
      /^conntrack in us-east-1: no node of 12 could be read\n/,
    );
  });

  it('shows three kinds of gaps and counts the others', () => {
    const gaps = (amount: number): Gap[] =>
      Array.from({ length: amount }, (_, at) => ({
        about: 'commands',
        subject: 'commands',
        operation: `ssm:Command${at}`,
        reason: 'failed',
        detail: '',
      }));
    expect(mailBody(aDigest([], { gaps: gaps(3) }))).not.toContain('more that');
    expect(mailBody(aDigest([], { gaps: gaps(4) }))).toContain(
      '(ssm:Command2)\nand 1 more that are not known in the whole report\n',
    );
  });

  it('says on top that a test is made up, and of no other mail', () => {
    expect(mailBody(aDigest(undefined, { test: true }))).toMatch(
      /^This is a test of whether messages arrive\. Everything in it is made up/,
    );
    expect(mailBody(aDigest())).not.toContain('made up');
  });

  it('says that nothing is open where that is so', () => {
    const open = { critical: 0, warning: 0, notice: 0 };
    expect(mailBody(aDigest([], { open }))).toContain('open now: no findings on 121 nodes');
  });

  it('lists three silenced findings and counts the others', () => {
    const bodyOf = (amount: number) => mailBody(aDigest([], { silenced: silenced(amount) }));
    expect(bodyOf(3)).toContain('MUTED: 3 open findings');
    expect(bodyOf(3)).not.toContain('more in the whole report');
    expect(bodyOf(4)).toContain('  and 1 more in the whole report');
    expect(bodyOf(4).match(/^ {2}warning/gm)).toHaveLength(3);
    expect(bodyOf(0)).not.toContain('MUTED');
  });

  it('shows three notes and counts the others', () => {
    const bodyOf = (amount: number) =>
      mailBody(aDigest([], { notes: Array.from({ length: amount }, (_, at) => `note ${at}`) }));
    expect(bodyOf(3)).not.toContain('more note');
    expect(bodyOf(5)).toContain('Note: note 2\nand 2 more notes in the whole report\n');
  });
});
