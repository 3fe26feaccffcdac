import { describe, expect, it } from 'vitest';
import type { GroupCase } from '../../../../lib/core/plan/group-case.js';
import { printedLines } from '../../../../lib/core/render/lines.js';
import { caseRows } from '../../../../lib/core/render/screen/case-rows.js';
import { aFinding } from '../../../support/a-transition.js';

function aCase(nodeGroup: string, different: Partial<GroupCase> = {}): GroupCase {
  return {
    cluster: 'shop',
    nodeGroup,
    severity: 'warning',
    nodes: 3,
    affected: 1,
    worst: { instanceId: 'i-1', instanceType: 'm5.large', entries: 80, max: 100 },
    findings: [aFinding({ rule: 'table-pressure' })],
    ...different,
  };
}

function rows(now: readonly GroupCase[], before?: readonly GroupCase[]): string[] {
  return printedLines(caseRows(now, 100, before))
    .trimEnd()
    .split('\n');
}

describe('the cases of a second look', () => {
  const worst = { instanceId: 'i-1', instanceType: 'm5.large', entries: 90, max: 100 };

  it.each([
    { what: 'is as it was', was: {}, said: /^ {2}WARNING {3}shop\/web {2}1 of 3 {4}80% {2}table/ },
    {
      what: 'is fuller',
      was: { worst },
      said: /^ {2}WARNING {3}shop\/web .* 80% {2}was 90%, table/,
    },
    { what: 'is worse', was: { severity: 'notice' as const }, said: /^! WARNING {3}shop\/web/ },
    {
      what: 'is milder',
      was: { severity: 'critical' as const },
      said: /^\* WARNING {3}shop\/web/,
    },
    { what: 'has another node', was: { affected: 2 }, said: /^\* WARNING {3}shop\/web/ },
  ])('say of a case that it $what', ({ was, said }) => {
    const [, row = ''] = rows([aCase('web')], [aCase('web', was)]);
    expect(row).toMatch(said);
  });

  it('mark what is new, and list what is over below', () => {
    const [heading, ...all] = rows([aCase('web')], [aCase('search')]);
    expect(heading).toMatch(/signs; \+ new, ! worse, \* changed\)$/);
    expect(all).toEqual([
      expect.stringMatching(/^\+ WARNING {3}shop\/web/),
      '  over      shop/search',
    ]);
  });

  it('say what is over where nothing is left', () => {
    expect(rows([], [aCase('web')]).slice(1)).toEqual(['  over      shop/web']);
  });

  it('mark nothing at the first look', () => {
    const [heading, row] = rows([aCase('web')]);
    expect(heading).toMatch(/more: --case NAME\)$/);
    expect(row).toMatch(/^WARNING {3}shop\/web/);
  });
});
