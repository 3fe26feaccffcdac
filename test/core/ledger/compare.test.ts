import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../lib/core/judge/severity.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';
import { aRule, Audits, hour, silentNode, told } from '../../support/an-audit.js';

const ID = 'table-pressure/example/workers';
const node = (instanceId: string) => aNode({}, { instanceId });
const read = [node('i-a'), node('i-b')];

/** An audit in which `table-pressure` finds this on i-a. */
function pressure(severity?: Severity) {
  const problems = severity === undefined ? {} : { 'i-a': severity };
  return { read, rules: [aRule('table-pressure', problems)] };
}

describe('compare', () => {
  it('tells what is new, and nothing more while it does not change', () => {
    const audits = new Audits();
    const first = audits.at(0, pressure('warning'));
    expect(first.transitions).toMatchObject([
      { kind: 'new', since: hour(0), finding: { id: ID, severity: 'warning' } },
    ]);
    expect(first.transitions[0]).not.toHaveProperty('was');
    expect(told(audits.at(1, pressure('warning')))).toEqual([]);
    expect(audits.ledger?.findings[ID]).toEqual({
      id: ID,
      rule: 'table-pressure',
      title: 'The rule table-pressure',
      cluster: 'example',
      nodeGroup: 'workers',
      state: 'open',
      severity: 'warning',
      summary: 'i-a (m5.large): table-pressure is warning',
      nodes: ['i-a'],
      worst: { instanceId: 'i-a', entries: 4_096, max: 131_072 },
      firstSeen: hour(0),
      lastSeen: hour(1),
      lastTold: hour(0),
    });
  });

  it('tells when it gets worse and better, and what it was', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    expect(audits.at(1, pressure('critical')).transitions).toMatchObject([
      { kind: 'worse', was: 'warning', since: hour(0), finding: { severity: 'critical' } },
    ]);
    expect(audits.at(2, pressure('notice')).transitions).toMatchObject([
      { kind: 'better', was: 'critical', finding: { severity: 'notice' } },
    ]);
  });

  it('reminds of what is critical a day after people were last told, not earlier', () => {
    const audits = new Audits();
    audits.at(0, pressure('critical'));
    expect(told(audits.at(23.99, pressure('critical')))).toEqual([]);
    expect(told(audits.at(24, pressure('critical')))).toEqual([`reminded ${ID}`]);
    expect(told(audits.at(47, pressure('critical')))).toEqual([]);
    expect(told(audits.at(48, pressure('critical')))).toEqual([`reminded ${ID}`]);
  });

  it('reminds as often as the policy says, and of nothing milder', () => {
    const audits = new Audits();
    const policy = { remindAfterSeconds: 3_600 };
    audits.at(0, { ...pressure('critical'), policy });
    expect(told(audits.at(1, { ...pressure('critical'), policy }))).toEqual([`reminded ${ID}`]);
    audits.at(2, { ...pressure('warning'), policy });
    expect(told(audits.at(30, { ...pressure('warning'), policy }))).toEqual([]);
  });

  it('tells that it came back for 7 days after it was resolved, and then that it is new', () => {
    const again = (hours: number) => {
      const audits = new Audits();
      audits.at(0, pressure('warning'));
      expect(told(audits.at(1, pressure()))).toEqual([`resolved ${ID}`]);
      return audits.at(hours, pressure('critical')).transitions;
    };
    expect(again(1 + 168)).toMatchObject([{ kind: 'reopened', was: 'warning', since: hour(0) }]);
    expect(again(1 + 168.01)).toMatchObject([{ kind: 'new', since: hour(169.01) }]);
  });

  it('wants what came back within a day to be clear twice before it is resolved', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    audits.at(1, pressure());
    expect(told(audits.at(25, pressure('warning')))).toEqual([`reopened ${ID}`]);
    expect(told(audits.at(26, pressure()))).toEqual([]);
    expect(audits.ledger?.findings[ID]).toMatchObject({ state: 'open', clearFor: 1, reopened: 1 });
    expect(told(audits.at(27, pressure('warning')))).toEqual([]);
    expect(audits.ledger?.findings[ID]).not.toHaveProperty('clearFor');
    audits.at(28, pressure());
    expect(told(audits.at(29, pressure()))).toEqual([`resolved ${ID}`]);
    expect(told(audits.at(30, pressure('warning')))).toEqual([`reopened ${ID}`]);
    expect(audits.ledger?.findings[ID]?.reopened).toBe(2);
  });

  it('does not count one audit twice, when it is compared again', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    audits.at(1, pressure());
    audits.at(2, pressure('warning'));
    expect(told(audits.at(3, pressure()))).toEqual([]);
    expect(told(audits.at(3, pressure()))).toEqual([]);
    expect(audits.ledger?.findings[ID]).toMatchObject({ state: 'open', clearFor: 1 });
  });

  it('wants what came back later than that to be clear once', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    audits.at(1, pressure());
    audits.at(25.01, pressure('warning'));
    expect(told(audits.at(26, pressure()))).toEqual([`resolved ${ID}`]);
  });

  it('puts the worst severity first, and within one the kinds in their order', () => {
    const audits = new Audits();
    const rulesAt = (severities: Record<string, Severity>) =>
      Object.entries(severities).map(([id, severity]) => aRule(id, { 'i-a': severity }));
    audits.at(0, { read, rules: rulesAt({ gone: 'warning', grows: 'notice', eases: 'critical' }) });
    const now = { eases: 'warning', grows: 'warning', fresh: 'warning', bad: 'critical' } as const;
    expect(told(audits.at(1, { read, rules: rulesAt(now) }))).toEqual([
      'new bad/example/workers',
      'new fresh/example/workers',
      'worse grows/example/workers',
      'better eases/example/workers',
      'resolved gone/example/workers',
    ]);
  });

  it('names kube-proxy where a limit went back to what it computes', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNodeUsing(100_000, 262_144)] });
    const [pressed] = audits.at(1, { read: [aNodeUsing(100_000, 131_072)] }).transitions;
    expect(pressed).toMatchObject({
      kind: 'new',
      finding: { id: ID },
      note: 'the limit went back from 262,144 to 131,072: kube-proxy 1.31.2 computes 131,072',
    });
  });

  it('carries the same note where it gets worse or is back', () => {
    const audits = new Audits();
    const of = (entries: number, max: number) => ({ read: [aNodeUsing(entries, max)] });
    const noteOf = (hours: number, entries: number, max: number) =>
      audits.at(hours, of(entries, max)).transitions.find(({ finding }) => finding.id === ID);
    audits.at(0, of(200_000, 262_144));
    const note = 'the limit went back from 262,144 to 131,072: kube-proxy 1.31.2 computes 131,072';
    expect(noteOf(1, 130_000, 131_072)).toMatchObject({ kind: 'worse', note });
    expect(noteOf(2, 130_000, 262_144)?.kind).toBe('resolved');
    expect(noteOf(3, 100_000, 131_072)).toMatchObject({ kind: 'reopened', note });
  });

  it('carries that note only where it is new, worse or back', () => {
    const audits = new Audits();
    audits.at(0, { read: [aNodeUsing(259_000, 262_144)] });
    const { transitions } = audits.at(1, { read: [aNodeUsing(100_000, 131_072)] });
    const better = transitions.find(({ finding }) => finding.id === ID);
    expect(better?.kind).toBe('better');
    expect(better).not.toHaveProperty('note');
  });
});

describe('compare, of silent nodes', () => {
  const SILENT = 'node-silent/example/workers/timed-out';
  const calm = { read: [node('i-a')] };
  const missed = { ...calm, silent: [silentNode('i-b')] };

  it('tells of a silent node when it is silent in two audits in a row', () => {
    const audits = new Audits();
    expect(told(audits.at(0, missed))).toEqual([]);
    expect(audits.ledger?.findings[SILENT]).toMatchObject({ state: 'open', nodes: ['i-b'] });
    expect(audits.at(1, missed).transitions).toMatchObject([
      { kind: 'new', since: hour(0), finding: { id: SILENT } },
    ]);
    expect(told(audits.at(2, missed))).toEqual([]);
    expect(told(audits.at(3, { read }))).toEqual([`resolved ${SILENT}`]);
  });

  it('forgets one missed reading without a word', () => {
    const audits = new Audits();
    audits.at(0, missed);
    expect(told(audits.at(1, { read }))).toEqual([]);
    expect(audits.ledger?.findings).toEqual({});
    expect(told(audits.at(2, missed))).toEqual([]);
  });

  it('says that it is silent again only in the second audit, too', () => {
    const audits = new Audits();
    audits.at(0, missed);
    audits.at(1, missed);
    expect(told(audits.at(2, { read }))).toEqual([`resolved ${SILENT}`]);
    expect(told(audits.at(3, missed))).toEqual([]);
    expect(told(audits.at(4, { read }))).toEqual([]);
    expect(audits.ledger?.findings[SILENT]).toMatchObject({
      state: 'resolved',
      resolvedAt: hour(2),
    });
    expect(told(audits.at(5, missed))).toEqual([]);
    expect(told(audits.at(6, missed))).toEqual([`reopened ${SILENT}`]);
    expect(audits.ledger?.findings[SILENT]).not.toHaveProperty('resolvedAt');
  });

  it('tells of a node that stays silent for another reason', () => {
    const audits = new Audits();
    audits.at(0, missed);
    const other = { ...calm, silent: [silentNode('i-b', 'ssm-offline')] };
    expect(told(audits.at(1, other))).toEqual(['new node-silent/example/workers/ssm-offline']);
  });

  it('waits with another node that is silent for another reason', () => {
    const audits = new Audits();
    audits.at(0, missed);
    expect(told(audits.at(1, { read, silent: [silentNode('i-c', 'ssm-offline')] }))).toEqual([]);
  });
});
