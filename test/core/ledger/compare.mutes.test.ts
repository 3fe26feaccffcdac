import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../lib/core/judge/severity.js';
import type { Mute } from '../../../lib/core/mutes/mute.js';
import { aNode } from '../../support/a-node.js';
import { aRule, Audits, hour, silentNode, told } from '../../support/an-audit.js';

const ID = 'table-pressure/example/workers';
const node = (instanceId: string) => aNode({}, { instanceId });
const read = [node('i-a'), node('i-b')];

/** An audit in which `table-pressure` finds this on i-a. */
function pressure(severity?: Severity) {
  const problems = severity === undefined ? {} : { 'i-a': severity };
  return { read, rules: [aRule('table-pressure', problems)] };
}

describe('compare, of mutes', () => {
  const mute: Mute = { rule: 'table-pressure', until: hour(5), reason: 'load test' };
  const mutes = [mute];

  it('lists what is silenced and tells nothing of it', () => {
    const audits = new Audits();
    const { transitions, silenced } = audits.at(0, { ...pressure('critical'), mutes });
    expect(transitions).toEqual([]);
    expect(silenced).toEqual([
      {
        id: ID,
        severity: 'critical',
        summary: 'i-a (m5.large): table-pressure is critical',
        until: hour(5),
        reason: 'load test',
      },
    ]);
    expect(audits.ledger?.findings[ID]).toMatchObject({ silencedUntil: hour(5) });
    expect(audits.ledger?.findings[ID]).not.toHaveProperty('lastTold');
  });

  it('announces the end of a mute, once, and reminds from there', () => {
    const audits = new Audits();
    audits.at(0, { ...pressure('critical'), mutes });
    expect(told(audits.at(4.99, { ...pressure('critical'), mutes }))).toEqual([]);
    expect(audits.at(5, { ...pressure('critical'), mutes })).toMatchObject({
      transitions: [{ kind: 'unsilenced', note: `the mute ended at ${hour(5)}` }],
      silenced: [],
    });
    expect(told(audits.at(6, { ...pressure('critical'), mutes }))).toEqual([]);
    expect(told(audits.at(29, { ...pressure('critical'), mutes }))).toEqual([`reminded ${ID}`]);
  });

  it('announces a finding that a mute does not cover any more', () => {
    const audits = new Audits();
    const ofNode = [{ instanceId: 'i-a', until: hour(5), reason: 'load test' }];
    audits.at(0, { ...pressure('warning'), mutes: ofNode });
    const rules = [aRule('table-pressure', { 'i-a': 'warning', 'i-b': 'warning' })];
    expect(audits.at(1, { read, rules, mutes: ofNode }).transitions).toMatchObject([
      { kind: 'unsilenced', note: 'no mute covers all of its nodes any more' },
    ]);
  });

  it('says nothing of what is over while it is silenced', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    audits.at(1, { ...pressure('warning'), mutes });
    expect(told(audits.at(2, { ...pressure(), mutes }))).toEqual([]);
    expect(audits.ledger?.findings[ID]?.state).toBe('resolved');
    expect(audits.ledger?.findings[ID]).not.toHaveProperty('silencedUntil');
  });

  it('forgets what came and went while it was silenced', () => {
    const audits = new Audits();
    audits.at(0, { ...pressure('warning'), mutes });
    expect(told(audits.at(6, pressure()))).toEqual([]);
    expect(audits.ledger?.findings).toEqual({});
  });

  it('says that it is over where people had been told of it and the mute ended', () => {
    const audits = new Audits();
    audits.at(0, pressure('warning'));
    audits.at(1, { ...pressure('warning'), mutes });
    expect(told(audits.at(6, { ...pressure(), mutes }))).toEqual([`resolved ${ID}`]);
  });

  it('lists a silenced finding whose node is not read', () => {
    const audits = new Audits();
    audits.at(0, { ...pressure('warning'), mutes });
    const { silenced } = audits.at(1, { silent: [silentNode('i-a')], mutes });
    expect(silenced.map(({ id }) => id)).toContain(ID);
  });
});
