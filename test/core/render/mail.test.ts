import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../../../lib/core/render/cut.js';
import { MAIL_LIMIT, mailBody } from '../../../lib/core/render/mail.js';
import type { Finding } from '../../../lib/core/judge/finding.js';
import type { MutedFinding } from '../../../lib/core/ledger/digest.js';
import { transitionKinds, type TransitionKind } from '../../../lib/core/ledger/transition.js';
import type { Gap } from '../../../lib/core/node/gap.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { anyDigest, manyChanges } from '../../support/hostile-digests.js';

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
open now: 1 critical, 2 warning (and 1 muted) on 121 nodes of 2 clusters
121 nodes discovered = 102 read + 19 silent
2026-11-24T08:00:00.000Z, run run-7

Note: the ledger was damaged

NEW

CRITICAL  storefront / web  table-pressure
  i-0a (t3.xlarge): 127,402 of 131,072 conntrack entries are in use (97%)
  Why      kube-proxy computes 131,072.
  Do       Raise the limit of the conntrack table -> limit 262,144, usage 49% ± 1% (predicted)
  First    now, on the node: sysctl -w net.netfilter.nf_conntrack_max=262144
  Files    conntrack-auditor fix raise-limit --limit 262144
  Mute     {"rule":"table-pressure","cluster":"storefront","nodeGroup":"web","until":"2026-12-01","reason":"…"}

RESOLVED

was CRITICAL  storefront / api  table-pressure
  i-0b (m5.large): nearly full
  Tables   i-0b: 97% of 131,072 -> 39% of 262,144
  Note     the limit was raised
  Since    2026-11-23T08:00:00.000Z

MUTED: 1 open finding that nobody is told of for now
  warning  hot-node/payments/group-0  until 2026-12-01T00:00:00.000Z: is being replaced

The whole report: s3://shelf/runs/run-7/
  https://us-east-1.console.aws.amazon.com/s3/object/shelf?prefix=runs/run-7/report.json
`);
  });

  it('has a section for every kind of change, in the order in which people read them', () => {
    const body = mailBody(
      aDigest(transitionKinds.map((kind) => aTransition({ kind }, { remedies: [] }))),
    );
    const sections = body.match(
      /^(NEW|WORSE|CAME BACK|REMINDER|MUTE OVER|BETTER|RESOLVED|NO LONGER AUDITED)$/gm,
    );
    expect(sections?.join(', ')).toBe(
      'NEW, WORSE, CAME BACK, REMINDER, MUTE OVER, BETTER, RESOLVED, NO LONGER AUDITED',
    );
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
        'Not known: cluster a, cluster b, cluster c, and 1 more: the role may not ask, and needs eks:DescribeCluster',
        'Not known: cluster e: the service refused too many requests, each try of them (eks:DescribeCluster)',
        '',
      ].join('\n'),
    );
    expect(body).toContain(
      [
        'IN THE CONSOLE',
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

  it('lists five silenced findings and counts the others', () => {
    const bodyOf = (amount: number) => mailBody(aDigest([], { silenced: silenced(amount) }));
    expect(bodyOf(5)).toContain('MUTED: 5 open findings');
    expect(bodyOf(5)).not.toContain('more in the whole report');
    expect(bodyOf(6)).toContain('  and 1 more in the whole report');
    expect(bodyOf(6).match(/^ {2}warning/gm)).toHaveLength(5);
    expect(bodyOf(0)).not.toContain('MUTED');
  });

  it('shows five notes and counts the others', () => {
    const bodyOf = (amount: number) =>
      mailBody(aDigest([], { notes: Array.from({ length: amount }, (_, at) => `note ${at}`) }));
    expect(bodyOf(5)).not.toContain('more note');
    expect(bodyOf(7)).toContain('Note: note 4\nand 2 more notes in the whole report\n');
  });
});

describe('a mail that would be too long', () => {
  const told = (body: string) => (body.match(/^(was )?CRITICAL/gm) ?? []).length;

  it('leaves out whole items from the end, says how many of each kind, and where they are', () => {
    const body = mailBody(aDigest(manyChanges(40)));
    const [, more, kinds] =
      /^(\d+) more changes \((.*)\) did not fit into this mail and can be read in the whole report\.$/m.exec(
        body,
      ) ?? [];
    expect(Number(more) + told(body)).toBe(40);
    const counts = kinds?.match(/\d+/g)?.map(Number) ?? [];
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(Number(more));
    expect(body).toContain('cluster-0 / web');
    expect(body).not.toContain('cluster-39 / web');
    expect(byteLength(body)).toBeGreaterThan(MAIL_LIMIT - 1_500);
  });

  it('fills up to 8,191 bytes, and leaves out one change more for one byte more', () => {
    const changes = manyChanges(40).map((change) => ({ ...change, kind: 'new' as const }));
    const bodies = Array.from({ length: 720 }, (_, at) => {
      const lengths = [0, 240, 480].map((before) => Math.min(240, Math.max(1, at - before)));
      return mailBody(aDigest(changes, { notes: lengths.map((length) => 'n'.repeat(length)) }));
    });
    const full = bodies.findIndex((body) => byteLength(body) === MAIL_LIMIT - 1);
    expect(told(bodies[full + 1] ?? '')).toBe(told(bodies[full] ?? '') - 1);
    expect(Math.max(...bodies.map(byteLength))).toBe(MAIL_LIMIT - 1);
  });

  it('keeps the worst change, and stays below 8 KB, of 10,000', () => {
    const body = mailBody(aDigest(manyChanges(10_000)));
    expect(byteLength(body)).toBeLessThan(MAIL_LIMIT);
    expect(body).toContain('cluster-0 / web');
  });

  it('is below 8 KB, of whole characters and plain lines, whatever the names are', () => {
    fc.assert(
      fc.property(anyDigest, (digest) => {
        const body = mailBody(digest);
        expect(byteLength(body)).toBeLessThan(MAIL_LIMIT);
        expect(body.isWellFormed()).toBe(true);
        expect(body.replaceAll('\n', '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u,
        );
        expect(told(body) + (body.match(/^(was )?(WARNING|NOTICE)/gm) ?? []).length > 0).toBe(
          digest.transitions.length > 0,
        );
      }),
    );
  });
});
