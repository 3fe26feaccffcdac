import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUBJECT_LIMIT, subjectOf } from '../../../lib/core/render/subject.js';
import { transitionKinds } from '../../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { anyDigest, manyChanges } from '../../support/hostile-digests.js';

const inClusters = (...clusters: string[]) =>
  subjectOf(aDigest(clusters.map((cluster) => aTransition({}, { cluster }))));

describe('the subject of a mail', () => {
  it('says how bad it is, what changed, and where', () => {
    const changes = [
      aTransition(),
      aTransition({}, { nodeGroup: 'api' }),
      aTransition({ kind: 'resolved' }),
    ];
    expect(subjectOf(aDigest(changes))).toBe(
      '[critical] 2 new, 1 resolved: conntrack in us-east-1 (storefront)',
    );
  });

  const account = { id: '123456789012', alias: 'acme-prod' };

  it('says who: the alias of the account, or else its id', () => {
    expect(subjectOf(aDigest(undefined, { account }))).toBe(
      '[critical] 1 new (table-pressure): conntrack in acme-prod, us-east-1 (storefront/web)',
    );
    expect(subjectOf(aDigest(undefined, { account: { id: account.id } }))).toBe(
      '[critical] 1 new (table-pressure): conntrack in 123456789012, us-east-1 (storefront/web)',
    );
  });

  it('takes the id in place of an alias that does not fit into 99 characters, and not before', () => {
    const room = 99 - '[critical] 1 new: conntrack in , us-east-1'.length;
    const of = (length: number) =>
      subjectOf(aDigest(undefined, { account: { ...account, alias: 'a'.repeat(length) } }));
    expect(of(room)).toMatch(/ in a+, us-east-1$/);
    expect(of(room + 1)).toBe(
      '[critical] 1 new: conntrack in 123456789012, us-east-1 (storefront)',
    );
  });

  it('says that no node could be read', () => {
    const nodes = { discovered: 1_200, read: 0, silent: 1_200 };
    expect(subjectOf(aDigest(undefined, { account, nodes }))).toBe(
      '[critical] no node of 1,200 could be read: conntrack in acme-prod, us-east-1 (storefront)',
    );
    expect(subjectOf(aDigest([aTransition({ kind: 'resolved' })], { nodes }))).toMatch(/^\[note\]/);
  });

  it('says what, by the rule of the worst news, where all changes are of one node group and all fits', () => {
    const said = (rule: string) => subjectOf(aDigest([aTransition({}, { rule })]));
    const room = 99 - '[critical] 1 new (): conntrack in us-east-1 (storefront/web)'.length;
    expect(said('r'.repeat(room))).toHaveLength(99);
    expect(said('r'.repeat(room + 1))).toBe(
      '[critical] 1 new: conntrack in us-east-1 (storefront)',
    );
    const changes = [
      aTransition({ kind: 'resolved' }, { rule: 'table-drops' }),
      aTransition({}, { severity: 'warning' }),
    ];
    expect(subjectOf(aDigest(changes))).toBe(
      '[warning] 1 new, 1 resolved (table-pressure +1): conntrack in us-east-1 (storefront/web)',
    );
  });

  it('says that a fix is lost, at least as a warning, and does not count its end as good news', () => {
    const lost = aTransition({ kind: 'resolved', fixLost: true }, { severity: 'notice' });
    expect(subjectOf(aDigest([lost]))).toBe(
      '[warning] fix lost: conntrack in us-east-1 (storefront/web)',
    );
    expect(subjectOf(aDigest([lost, aTransition({}, { rule: 'hot-node' })]))).toMatch(
      /^\[critical\] fix lost, 1 new \(hot-node \+1\): /,
    );
  });

  it('says of the first audit that it is the first, and that all is well where it is', () => {
    const open = { critical: 0, warning: 0, notice: 0 };
    const first = { first: true, notes: ['hello'] } as const;
    expect(subjectOf(aDigest([], { ...first, open }))).toMatch(
      /^\[ok\] first audit: conntrack in /,
    );
    expect(subjectOf(aDigest([], first))).toMatch(/^\[better\] first audit: /);
  });

  it('begins with [test] where everything is made up', () => {
    expect(subjectOf(aDigest(undefined, { test: true }))).toMatch(/^\[test\] \[critical\] 1 new/);
  });

  it('counts all changes as one number where there are many kinds', () => {
    const changes = transitionKinds.map((kind) => aTransition({ kind }));
    expect(subjectOf(aDigest(changes))).toMatch(
      /^\[critical\] 8 changes \(table-pressure \+7\): conntrack/,
    );
  });

  it('says of a message without a change that there is a note', () => {
    expect(subjectOf(aDigest([], { notes: ['the ledger was damaged'] }))).toBe(
      '[note] 1 note: conntrack in us-east-1 (storefront, payments)',
    );
  });

  it('names each cluster once, as many as there is room for, and counts the others', () => {
    expect(inClusters('a', 'a', 'b')).toBe('[critical] 3 new: conntrack in us-east-1 (a, b)');
    expect(inClusters('a'.repeat(40), 'b'.repeat(40), 'c')).toBe(
      `[critical] 3 new: conntrack in us-east-1 (${'a'.repeat(40)} +2)`,
    );
  });

  it('fills 99 characters with names, and counts the last from one more on', () => {
    const room = 99 - '[critical] 2 new: conntrack in us-east-1 (a, )'.length;
    expect(inClusters('a', 'b'.repeat(room))).toMatch(/\(a, b+\)$/);
    expect(inClusters('a', 'b'.repeat(room + 1))).toMatch(/ \(a \+1\)$/);
  });

  it('cuts a name that alone is too long, at 99 characters and not before', () => {
    const room = 99 - '[critical] 1 new: conntrack in us-east-1 ()'.length;
    expect(inClusters('x'.repeat(room))).toContain(`(${'x'.repeat(room)})`);
    const subject = inClusters('x'.repeat(room + 1));
    expect(subject).toContain(`(${'x'.repeat(room - 3)}...)`);
    expect(subject).toHaveLength(99);
  });

  it('leaves names out where the Region leaves them no room', () => {
    const region = 'r'.repeat(80);
    expect(subjectOf(aDigest(undefined, { region }))).toBe(
      `[critical] 1 new: conntrack in ${'r'.repeat(65)}...`,
    );
    const full = 'r'.repeat(68);
    expect(subjectOf(aDigest(undefined, { region: full }))).toBe(
      `[critical] 1 new: conntrack in ${full}`,
    );
  });

  it.each([
    ['Café', 'Cafe'],
    ['two\r\nlines', 'two lines'],
    ['fire \u{1F525} bell\u0007', 'fire ? bell?'],
    ['$& $1', '$& $1'],
  ])('writes the cluster %j as %j', (cluster, written) => {
    expect(inClusters(cluster)).toContain(`(${written}/web)`);
    expect(inClusters(cluster, 'b')).toContain(`(${written}, b)`);
  });

  it('is printable ASCII of 1 to 99 characters, whatever the names are', () => {
    fc.assert(
      fc.property(anyDigest, (digest) => {
        const subject = subjectOf(digest);
        expect(subject).toMatch(/^\[[ -~]{1,98}$/);
        expect(subject.length).toBeLessThanOrEqual(SUBJECT_LIMIT);
      }),
    );
  });

  it('is so with 10,000 clusters', () => {
    expect(subjectOf(aDigest(manyChanges(10_000, 'a-name-of-some-length')))).toMatch(
      /^\[critical\] 10,000 changes: conntrack in us-east-1 \(a-name-of-some-length-0 \+9999\)$/,
    );
  });
});
