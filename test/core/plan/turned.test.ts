import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/core/judge/finding.js';
import type { Severity } from '../../../lib/core/judge/severity.js';
import { turned } from '../../../lib/core/plan/turned.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';

function found(rule: string, severity: Severity): Finding {
  return {
    id: `${rule}/example/workers`,
    rule,
    title: rule,
    severity,
    cluster: 'example',
    nodeGroup: 'workers',
    summary: `${rule} is ${severity}`,
    nodes: [],
    remedies: [],
  };
}

const short = (rule: string, severity: Severity) => ({
  id: `${rule}/example/workers`,
  severity,
  summary: `${rule} is ${severity}`,
});

const [mild, bad] = [found('table-pressure', 'warning'), found('table-pressure', 'critical')];
const none = { fires: [], eases: [], stops: [] };

function turns(now: Finding[], without: Finding[], then: Finding[], haveRoom = true) {
  return turned(now, without, then, catalogue, () => haveRoom);
}

describe('what findings turn into', () => {
  it('is nothing where they are as bad as now', () => {
    expect(turns([bad], [], [bad])).toEqual(none);
    expect(turns([mild], [], [mild])).toEqual(none);
  });

  it('fires where there was none, or a milder one', () => {
    expect(turns([], [], [mild])).toEqual({ ...none, fires: [short('table-pressure', 'warning')] });
    expect(turns([mild], [mild], [bad])).toEqual({
      ...none,
      fires: [short('table-pressure', 'critical')],
    });
  });

  it('does not fire where it would be as bad without the change', () => {
    expect(turns([], [mild], [mild])).toEqual(none);
    expect(turns([mild], [bad], [bad])).toEqual(none);
  });

  it('eases where it is milder than now', () => {
    expect(turns([bad], [bad], [mild])).toEqual({
      ...none,
      eases: [short('table-pressure', 'warning')],
    });
    expect(turns([bad], [], [mild])).toEqual({
      ...none,
      eases: [short('table-pressure', 'warning')],
    });
  });

  it('stops where it is found no more', () => {
    expect(turns([mild], [mild], []).stops).toEqual([short('table-pressure', 'warning')]);
  });

  it('tells an end of drops only where tables have room, and none of races', () => {
    const drops = found('table-drops', 'critical');
    expect(turns([drops], [], [], true).stops).toEqual([short('table-drops', 'critical')]);
    expect(turns([drops], [], [], false).stops).toEqual([]);
    expect(turns([found('insert-races', 'warning')], [], [], true).stops).toEqual([]);
  });
});
