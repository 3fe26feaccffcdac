import { describe, expect, it } from 'vitest';
import { printedLines } from '../../../lib/core/render/lines.js';
import { mailCase } from '../../../lib/core/render/mail-case.js';
import { toldCases } from '../../../lib/core/render/told-cases.js';
import { WIDTH } from '../../../lib/core/render/wrapped.js';
import type { Finding, NodeFinding } from '../../../lib/core/judge/finding.js';
import type { Transition } from '../../../lib/core/ledger/transition.js';
import { aTransition } from '../../support/a-digest.js';

const caseOf = (...transitions: Transition[]) =>
  toldCases(transitions).map((one) => printedLines(mailCase(one)));
const item = (transition: Partial<Transition>, finding: Partial<Finding> = {}) =>
  caseOf(aTransition(transition, finding)).join('\n');

const nodes = (...said: string[]): NodeFinding[] =>
  said.map((summary, at) => ({
    instanceId: `i-${at}`,
    instanceType: 'm5.large',
    severity: 'critical',
    measures: {},
    summary,
  }));

describe('a case in a mail', () => {
  it.each<[Partial<Transition>, string]>([
    [{ kind: 'new' }, 'CRITICAL  storefront / web\n'],
    [{ kind: 'new', fixLost: true }, 'CRITICAL, FIX LOST  storefront'],
    [{ kind: 'resolved', was: 'critical' }, 'RESOLVED  storefront'],
    [{ kind: 'resolved', fixLost: true }, 'FIX LOST  storefront'],
    [{ kind: 'left', was: 'critical' }, 'NO LONGER AUDITED  storefront'],
  ])('begins, of %j, with %j', (transition, begin) => {
    expect(item(transition).startsWith(begin)).toBe(true);
  });

  it('tells the findings of one node group together, each number under its node', () => {
    const before = { instanceId: 'i-9', entries: 110_100, max: 131_072 };
    const [text, ...others] = caseOf(
      aTransition(
        { kind: 'resolved', before, after: { ...before, instanceId: 'i-0', entries: 65_536 } },
        { rule: 'table-drops', nodes: nodes() },
      ),
      aTransition({}, { severity: 'notice', rule: 'hot-node', nodes: nodes('hot') }),
      aTransition({ kind: 'worse', was: 'warning' }, { nodes: nodes('97%') }),
    );
    expect(others).toEqual([]);
    expect(text).toBe(`CRITICAL  storefront / web
  i-0 (m5.large)
    new       hot-node (notice): hot
    worse     table-pressure (was warning), since 2026-11-23 08:00 UTC: 97%
  i-9: 84% of 131,072 when it was last read
    resolved  table-drops (was critical), since 2026-11-23 08:00 UTC; the
              fullest of the node group is now i-0, with 50% of 131,072
`);
  });

  it('shows a table before and after under the node that has it', () => {
    const before = { instanceId: 'i-0a', entries: 131_072, max: 131_072 };
    const after = { ...before, max: 262_144 };
    expect(item({ kind: 'resolved', before, after })).toContain(
      '\n  i-0a (t3.xlarge): 100% of 131,072 -> 50% of 262,144\n    resolved  table-pressure',
    );
  });

  it('says since when it is there, but of a new one', () => {
    expect(item({ kind: 'reminded' })).toContain(', since 2026-11-23 08:00 UTC: ');
    expect(item({ kind: 'new' })).not.toContain('since');
  });

  it('names up to three nodes, and counts the others', () => {
    expect(item({}, { nodes: nodes('a', 'b', 'c') })).toMatch(/ {2}i-2 \(m5\.large\)\n.*c\n$/);
    expect(item({}, { nodes: nodes('a', 'b', 'c', 'd') })).toMatch(
      /c\n {2}and 1 more node, in the whole report\n$/,
    );
  });

  it('tells up to five changes, and counts the others', () => {
    const changes = (amount: number) =>
      Array.from({ length: amount }, (_, at) => aTransition({}, { rule: `rule-${at}` }));
    expect(caseOf(...changes(5))[0]).not.toContain('more');
    expect(caseOf(...changes(6))[0]).toContain('  and 1 more change, in the whole report\n');
  });

  it('says of a finding without a node what is wrong', () => {
    expect(item({}, { nodes: [], summary: 'all are hot' })).toContain(
      '\n  new       table-pressure: all are hot\n',
    );
  });

  it('ends a reason of more than 400 bytes with a whole sentence, or else a whole word', () => {
    const sentence = `${'y'.repeat(30)}. `;
    expect(item({}, { why: sentence.repeat(20) })).toMatch(/y{30}\.\n$/);
    expect(item({}, { why: 'word '.repeat(90) })).toMatch(/ word…\n$/);
    expect(item({}, { why: 'word '.repeat(80).trim() })).toMatch(/ word\n$/);
  });

  it('says a note of several findings once', () => {
    const note = 'the limit went back';
    const [text] = caseOf(aTransition({ note }), aTransition({ note }, { rule: 'hot-node' }));
    expect(text?.match(/Note {2}the limit went back/g)).toHaveLength(1);
  });

  it('breaks lines between words, at 78 columns', () => {
    const lines = item({}, { why: 'a few words '.repeat(30) }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
    expect(item({}, { why: 'x'.repeat(100) })).toContain(`  Why   ${'x'.repeat(100)}\n`);
  });

  it('puts what is open before a lost fix, and that before what is over', () => {
    const texts = caseOf(
      aTransition({ kind: 'resolved' }, { nodeGroup: 'a' }),
      aTransition({ kind: 'resolved', fixLost: true }, { nodeGroup: 'b', severity: 'notice' }),
      aTransition({}, { nodeGroup: 'c', severity: 'notice' }),
      aTransition({}, { nodeGroup: 'd', severity: 'warning' }),
    );
    expect(texts.map((text) => text.split('\n')[0])).toEqual([
      'WARNING  storefront / d',
      'NOTICE  storefront / c',
      'FIX LOST  storefront / b',
      'RESOLVED  storefront / a',
    ]);
  });
});
