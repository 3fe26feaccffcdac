import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../lib/core/judge/report.js';
import { nodesOf, type PlacedNode, type World } from './fake/world.js';
import { Lab, type Ran } from './lab.js';
import { askingRows } from './rows/asking.js';
import { faultOf, gapReasonOf, kinds, type Kind, type Row } from './rows/row.js';
import { aboutTables, repeated } from './told.js';
import { shop, wide } from './worlds.js';

/** What an audit may take whatever happens, in simulated seconds. */
const LONGEST = 180;

const worlds = { shop, wide };
/** What a whole audit tells of each world. */
const whole: Record<keyof typeof worlds, readonly string[]> = { shop: [], wide: [] };
let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
  for (const name of ['shop', 'wide'] as const) {
    await lab.set(worlds[name]);
    await lab.audit(0);
    whole[name] = aboutTables((await lab.changes()).topic);
  }
});
afterAll(() => lab.close());

const cases = askingRows.flatMap((row) =>
  (row.kinds ?? kinds).map((kind) => ({ ...row, kind, row, world: row.world ?? 'shop' })),
);

describe.each(cases)('$operation of $scope, $kind', ({ kind, row, world: name }) => {
  const world = worlds[name];
  let first: Ran;
  let mails: string;

  beforeAll(async () => {
    await lab.set(world, [faultOf(row, kind)]);
    first = await lab.audit(0);
    const { topic } = await lab.told();
    mails = topic.map(({ subject, bodies }) => `${subject}\n${bodies['email'] ?? ''}`).join('\n');
  });

  it('is met, and the audit ends within three minutes', async () => {
    expect(await lab.met(kind)).toBe(true);
    expect(first.seconds).toBeLessThanOrEqual(LONGEST);
  });

  if (row.outcome === 'ends') {
    it('fails, and says which operation, and why', () => {
      expect(first.error?.message).toContain(row.operation);
      expect(first.error?.message).toMatch(endings[kind]);
      expect(first.exit).toBe(3);
    });

    it('tells nobody anything', () => {
      expect(mails).toBe('');
    });
  } else {
    it('accounts for every node', () => {
      const { nodes, silent } = reportOf(first);
      expect(nodes.discovered).toBe(nodesOf(world).length);
      expect(nodes.read + silent.length).toBe(nodes.discovered);
      const mayBeUnread = nodesOf(world).filter(row.unread ?? (() => false));
      const ids = mayBeUnread.map(({ instanceId }) => instanceId);
      expect(silent.filter(({ instanceId }) => !ids.includes(instanceId))).toEqual([]);
    });

    it('tells what it found on the nodes that it read', async () => {
      const told = (await lab.changes()).topic;
      expect(
        expectedOf(whole[name], world, reportOf(first)).filter((one) => !told.includes(one)),
      ).toEqual([]);
    });

    it('names what is missing, in the report and in the mail', () => {
      expectNamed(row, kind, reportOf(first), mails);
    });

    it('says in the subject where no node was read', () => {
      const isUnread = reportOf(first).nodes.read === 0;
      expect(/no node/i.test(mails.split('\n')[0] ?? '')).toBe(isUnread);
    });

    it('has exit status 2', () => {
      expect(first.exit).toBe(2);
    });
  }

  it('tells each change once in all, when it is over', async () => {
    await lab.fail();
    const second = await lab.audit(6);
    expect(second.error).toBeUndefined();
    for (const told of Object.values(await lab.changes())) {
      expect(repeated(told)).toEqual([]);
      expect(aboutTables(told).sort()).toEqual([...whole[name]].sort());
    }
  });
});

const endings: Readonly<Record<Kind, RegExp>> = {
  refused: /refused|not authorized/,
  throttled: /throttled|Rate exceeded/,
  broken: /internal error/i,
  hang: /not answered in time|timeout/i,
  reset: /ECONNRESET|reset/,
  malformed: /failed|JSON|parse|empty/i,
};

function reportOf({ report, error }: Ran): Report {
  if (report === undefined) throw error ?? new Error('the audit left no report');
  return report;
}

/** The changes of groups of which every node was read. */
function expectedOf(all: readonly string[], world: World, { silent }: Report): string[] {
  const unread = new Set(silent.map(({ cluster, nodeGroup }) => `${cluster}/${nodeGroup}`));
  const groups = nodesOf(world).map(({ cluster, group }: PlacedNode) => `${cluster}/${group}`);
  const wholeGroups = [...new Set(groups)].filter((group) => !unread.has(group));
  return all.filter((one) => wholeGroups.some((group) => one.endsWith(`/${group}`)));
}

function expectNamed(row: Row, kind: Kind, { gaps = [], silent }: Report, mails: string): void {
  const gap = gaps.find(({ operation }) => operation === row.operation);
  if (row.outcome === 'gap' || gap !== undefined) {
    expect(gap).toMatchObject({ operation: row.operation, reason: gapReasonOf[kind] });
    expect(mails).toContain(gap?.subject);
  } else {
    expect(silent.length).toBeGreaterThan(0);
    expect(mails).toMatch(/silent/);
  }
}
