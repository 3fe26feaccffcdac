import { describe, expect, it } from 'vitest';
import { digestGroupsOf, digestPlanOf } from '../../../lib/core/ledger/digest-plan.js';
import { readPromised } from '../../../lib/core/ledger/entries.js';
import type { Action, Plan } from '../../../lib/core/plan/plan.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { aFleet, aNode } from '../../support/a-node.js';

const ID = 'table-pressure/storefront/web';

function anAction(over: Partial<Action> = {}): Action {
  return {
    id: 'raise-limit/storefront',
    remedy: 'raise-limit',
    title: 'Raise it',
    scope: { reach: 'cluster', cluster: 'storefront' },
    effects: [],
    settles: [
      { id: ID, severity: 'critical', nodes: 3 },
      { id: 'hot-node/storefront/api', severity: 'notice', nodes: 1 },
    ],
    nodes: 4,
    price: 'nothing until it is used',
    reason: 'it is full',
    steps: ['now, on the node: sysctl -w x=1', 'for good: edit the launch template'],
    alternatives: [],
    ...over,
  };
}

const planOf = (...actions: Action[]): Plan => ({
  actions,
  unsettled: [],
  rejected: [],
  effects: [],
});

describe('the plan of a digest', () => {
  it('has the actions that settle what is open and changed, and counts the others', () => {
    const other = anAction({ id: 'b', settles: [{ id: 'x/y/z', severity: 'notice', nodes: 1 }] });
    const plan = digestPlanOf(planOf(other, anAction()), [aTransition()]);
    expect(plan).toMatchObject({ more: 1, actions: [{ id: 'raise-limit/storefront' }] });
    expect(plan.actions[0]).toMatchObject({ settles: 2, nodes: 4, findings: [ID] });
    expect(digestPlanOf(planOf(anAction()), [aTransition({ kind: 'resolved' })])).toEqual({
      actions: [],
      more: 1,
    });
  });

  it('says in words what lasts only where no command prints it', () => {
    const [inWords] = digestPlanOf(planOf(anAction()), [aTransition()]).actions;
    expect(inWords?.step).toBe('edit the launch template');
    const command = { name: 'fix', remedy: 'raise-limit', limit: 1 } as const;
    const [printed] = digestPlanOf(planOf(anAction({ command })), [aTransition()]).actions;
    expect(printed).toMatchObject({ command });
    expect(printed).not.toHaveProperty('step');
  });

  it('names the node groups that changed before others, and leaves out those that stay as they are', () => {
    const effect = (nodeGroup: string, after: number) => ({
      ...{ cluster: 'storefront', nodeGroup, nodes: 1, worst: 'i-1' },
      before: { limit: 131_072, usage: 1 },
      after: { limit: 131_072, usage: after },
    });
    const effects = [effect('api', 0.5), effect('edge', 1), effect('web', 0.25)];
    const [action] = digestPlanOf(planOf(anAction({ effects })), [aTransition()]).actions;
    expect(action?.effects.map(({ nodeGroup }) => nodeGroup)).toEqual(['web', 'api']);
  });

  it('holds five actions at most, of short texts', () => {
    const actions = Array.from({ length: 6 }, (_, at) =>
      anAction({ id: `a-${at}`, title: 't'.repeat(1_000), steps: ['s'.repeat(1_000)] }),
    );
    const plan = digestPlanOf(planOf(...actions), [aTransition()]);
    expect(plan.actions).toHaveLength(5);
    expect(plan.more).toBe(1);
    expect(JSON.stringify(plan).length).toBeLessThan(6_000);
  });

  it('may be missing in a promise of the ledger, and may not be damaged', () => {
    const promised = (digest: object) =>
      readPromised({ runId: 'run-7', promisedAt: '2026-11-24T08:00:00.000Z', digest });
    expect(promised(aDigest())).toBeDefined();
    expect(promised({ ...aDigest(), plan: { actions: [], more: 0 } })).toBeDefined();
    expect(promised({ ...aDigest(), plan: { more: 0 } })).toBeUndefined();
    expect(promised({ ...aDigest(), plan: 'all' })).toBeUndefined();
  });
});

describe('the node groups of a digest', () => {
  it('are those that changed, with who made their nodes and how many there are', () => {
    const node = (instanceId: string, nodeGroup: string) =>
      aNode({}, { instanceId, nodeGroup, cluster: 'storefront', nodeGroupKind: 'managed' }).node;
    const fleet = aFleet([node('i-1', 'web'), node('i-2', 'web'), node('i-3', 'api')]);
    const changed = [aTransition(), aTransition({}, { nodeGroup: '*' })];
    expect(digestGroupsOf(fleet, changed)).toEqual([
      { cluster: 'storefront', nodeGroup: 'web', kind: 'managed', nodes: 2 },
    ]);
  });
});
