import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../lib/core/judge/severity.js';
import { silentReasons, type SilentReason } from '../../../lib/core/node/silent-node.js';
import type { Mute } from '../../../lib/core/mutes/mute.js';
import { aNode } from '../../support/a-node.js';
import { aRule, Audits, hour, silentNode, type Met } from '../../support/an-audit.js';

const ids = ['i-a', 'i-b', 'i-c', 'i-d'];
const ruleIds = ['table-pressure', 'table-drops', 'allowance-exceeded', 'made-up'];

const problems = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...severities));
const mutes: fc.Arbitrary<Mute[]> = fc.array(
  fc.record(
    {
      rule: fc.constantFrom(...ruleIds, 'node-silent'),
      instanceId: fc.constantFrom(...ids),
      until: fc.integer({ min: -1, max: 40 }).map(hour),
      reason: fc.constant('maintenance'),
    },
    { requiredKeys: ['until', 'reason'] },
  ),
  { maxLength: 3 },
);

/** Any audit of up to four nodes, each of which is read, silent or gone. */
const met: fc.Arbitrary<Met> = fc
  .record({
    states: fc.tuple(...ids.map(() => fc.constantFrom('read', 'silent', 'gone'))),
    reason: fc.constantFrom(...(Object.keys(silentReasons) as SilentReason[])),
    found: fc.tuple(...ruleIds.map(() => problems)),
    mutes,
  })
  .map(({ states, reason, found, mutes: all }) => ({
    read: ids
      .filter((_, at) => states[at] === 'read')
      .map((instanceId) => aNode({}, { instanceId })),
    silent: ids.filter((_, at) => states[at] === 'silent').map((id) => silentNode(id, reason)),
    rules: found.map((one, at) => aRule(ruleIds[at] ?? '', one)),
    mutes: all,
  }));

/** Hours between two audits, on both sides of a day and of a week. */
const gaps = fc.constantFrom(0.25, 1, 6, 24, 25, 169);

describe('compare, whatever was found', () => {
  it('tells nothing when the same audit is compared again with what it left', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gaps, met), { minLength: 1, maxLength: 6 }), (story) => {
        const audits = new Audits();
        let now = 0;
        for (const [gap, audit] of story) {
          now += gap;
          audits.at(now, audit);
          const left = audits.ledger;
          const again = audits.at(now, audit);
          expect(again.transitions).toEqual([]);
          expect(audits.ledger).toEqual(left);
        }
      }),
    );
  });

  it('calls new or back only what is not open, and everything else only what is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(gaps, met), { minLength: 1, maxLength: 8 }), (story) => {
        const audits = new Audits();
        const open = new Set<string>();
        let now = 0;
        for (const [gap, audit] of story) {
          now += gap;
          for (const { kind, finding } of audits.at(now, audit).transitions) {
            if (kind === 'new' || kind === 'reopened') expect([...open]).not.toContain(finding.id);
            else if (kind !== 'unsilenced') expect([...open]).toContain(finding.id);
            if (kind === 'resolved') open.delete(finding.id);
            else open.add(finding.id);
          }
          // What was over while it was silenced is over, and nobody heard.
          const state = (id: string) => audits.ledger?.findings[id]?.state;
          for (const id of open) if (state(id) !== 'open') open.delete(id);
        }
      }),
    );
  });
});
