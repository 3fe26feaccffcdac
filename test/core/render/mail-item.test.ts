import { describe, expect, it } from 'vitest';
import { printedLines } from '../../../lib/core/render/lines.js';
import { mailItem } from '../../../lib/core/render/mail-item.js';
import type { Finding, NodeFinding } from '../../../lib/core/judge/finding.js';
import type { Transition } from '../../../lib/core/ledger/transition.js';
import { aTransition } from '../../support/a-digest.js';

const item = (transition: Partial<Transition>, finding: Partial<Finding> = {}) =>
  printedLines(mailItem(aTransition(transition, finding), '2026-11-24T08:00:00.000Z'));

const nodes = (...said: string[]): NodeFinding[] =>
  said.map((summary, at) => ({
    instanceId: `i-${at}`,
    instanceType: 'm5.large',
    severity: 'critical',
    measures: {},
    summary,
  }));

describe('a change in a mail', () => {
  it.each<[Partial<Transition>, string]>([
    [{ kind: 'new' }, 'CRITICAL  storefront / web  table-pressure\n'],
    [{ kind: 'worse', was: 'warning' }, 'CRITICAL (was warning)  storefront'],
    [{ kind: 'reminded', was: 'critical' }, 'CRITICAL  storefront'],
    [{ kind: 'resolved', was: 'critical' }, 'was CRITICAL  storefront'],
    [{ kind: 'left', was: 'critical' }, 'was CRITICAL  storefront'],
  ])('begins, of %j, with %j', (transition, begin) => {
    expect(item(transition).startsWith(begin)).toBe(true);
  });

  it('says since when it is there, but of a new one', () => {
    expect(item({ kind: 'reminded' })).toContain('  Since    2026-11-23T08:00:00.000Z');
    expect(item({ kind: 'new' })).not.toContain('Since');
  });

  it('names up to three nodes, and counts the others', () => {
    expect(item({}, { nodes: nodes('full') })).not.toContain('Nodes');
    expect(item({}, { nodes: nodes('full', 'full', 'full') })).toContain(
      '  Nodes    i-0, i-1, i-2\n',
    );
    expect(item({}, { nodes: nodes('full', 'full', 'full', 'full') })).toContain(
      '  Nodes    i-0, i-1, i-2, and 1 more node\n',
    );
  });

  it('says of each node what is said of it, where that differs', () => {
    expect(item({}, { nodes: nodes('97%', '96%', '95%', '94%', '93%') })).toContain(
      [
        '  Nodes    i-0 (m5.large): 97%',
        '           i-1 (m5.large): 96%',
        '           i-2 (m5.large): 95%',
        '           and 2 more nodes\n',
      ].join('\n'),
    );
  });

  it('shortens the reason to 240 bytes', () => {
    expect(item({}, { why: 'y'.repeat(240) })).toContain(`  Why      ${'y'.repeat(240)}\n`);
    expect(item({}, { why: 'y'.repeat(241) })).toContain(`  Why      ${'y'.repeat(237)}…\n`);
  });

  it('says maybe of what may help, and nothing where nothing is known to', () => {
    const [remedy] = aTransition().finding.remedies;
    if (remedy === undefined) throw new Error('a finding comes with a remedy');
    expect(item({}, { remedies: [{ ...remedy, helps: null }] })).toContain('  Maybe    Raise the');
    const useless = item({}, { remedies: [{ ...remedy, helps: false }] });
    expect(useless).not.toMatch(/Do|Maybe|First|Files/);
  });

  it('leaves out the first step and the files where a remedy has none', () => {
    const [offered] = aTransition().finding.remedies;
    if (offered === undefined) throw new Error('a finding comes with a remedy');
    const { command: _command, ...remedy } = offered;
    expect(item({}, { remedies: [{ ...remedy, steps: [] }] })).not.toMatch(/First|Files/);
  });

  it('says that the table was not read now, where only the one before is known', () => {
    const before = { instanceId: 'i-0a', entries: 131_072, max: 131_072 };
    expect(item({ kind: 'better', before })).toContain(
      '  Tables   i-0a: 100% of 131,072 -> not read now',
    );
  });

  it.each(['resolved', 'left'] as const)('tells nobody to do or to mute what is %s', (kind) => {
    expect(item({ kind }, { why: 'because' })).not.toMatch(/Do|First|Files|Mute|Why/);
  });

  it('escapes what cannot be shown in the line that mutes, so that it names the same finding', () => {
    const nodeGroup = 'web\u202e\u{1FFFE}\uD83D';
    const line = /Mute {5}(.*)$/m.exec(item({}, { nodeGroup }))?.[1] ?? '';
    expect(line).toContain('"web\\u202e\\ud83f\\udffe\\ud83d"');
    expect(JSON.parse(line)).toMatchObject({ nodeGroup });
  });

  it('gives a line to copy whole or not at all: 500 bytes', () => {
    const mute = (length: number) => item({}, { nodeGroup: 'g'.repeat(length) });
    const frame =
      '{"rule":"table-pressure","cluster":"storefront","nodeGroup":"","until":"2026-12-01","reason":"…"}';
    const room = 500 - Buffer.byteLength(frame);
    expect(mute(room)).toContain(`"${'g'.repeat(room)}"`);
    expect(mute(room + 1)).toContain('  Mute     too long for a message; see the whole report');
  });
});
