import { describe, expect, it } from 'vitest';
import { auditFleet } from '../../../lib/core/run/audit-fleet.js';
import { aFleet, aNode } from '../../support/a-node.js';
import { answering, fakeAudit, FakeProbe } from '../../support/fakes.js';

const full = new FakeProbe(['i-full'], { 'i-full': answering('i-full', 99, 100) });
const fleet = aFleet([aNode({}, { instanceId: 'i-full' }).node]);

describe('the account of an audit', () => {
  it('is kept with the run, and told in report and digest', async () => {
    const account = { id: '111122223333', alias: 'shop-prod' };
    const { deps, orchestrator, published, store } = fakeAudit({ ...fleet, account }, full);
    await auditFleet(deps, orchestrator, 'run-1');
    expect(await store.get('fleet.json')).toMatchObject({ account });
    expect(await store.get('report.json')).toMatchObject({ account });
    expect(published).toMatchObject([{ account }]);
  });

  it('is absent where it could not be known', async () => {
    const { deps, orchestrator, published, store } = fakeAudit(fleet, full);
    await auditFleet(deps, orchestrator, 'run-1');
    for (const file of ['fleet.json', 'report.json']) {
      expect(await store.get(file)).not.toHaveProperty('account');
    }
    expect(published[0]).not.toHaveProperty('account');
  });
});
