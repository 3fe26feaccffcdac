import { BatchImportFindingsCommand, InvalidAccessException } from '@aws-sdk/client-securityhub';
import { beforeEach, describe, expect, it } from 'vitest';
import { aTransition } from '../support/a-transition.js';
import { account, publish, requests, securityHub, takesAll } from '../support/security-hub.js';

beforeEach(takesAll);

describe('what Security Hub refuses', () => {
  it.each([
    ['InvalidInput', true],
    ['InternalError', false],
    ['ThrottlingException', false],
  ])('says of which finding %s was said, and imports the others', async (code, forGood) => {
    const many = Array.from({ length: 101 }, (_, n) => aTransition({ id: `f-${n}` }));
    const Id = `conntrack-auditor/eu-west-1/${account}/f-7`;
    const refused = { Id, ErrorCode: code, ErrorMessage: 'no such partition' };
    securityHub
      .on(BatchImportFindingsCommand)
      .resolvesOnce({ FailedCount: 1, FailedFindings: [refused] })
      .resolves({ FailedCount: 0 });
    const why = `${code}: no such partition`;
    expect(await publish(many)).toEqual([{ id: 'f-7', why, forGood }]);
    expect(requests()).toHaveLength(2);
  });

  it('leaves the rest to be tried again when a later request fails', async () => {
    const many = Array.from({ length: 101 }, (_, n) => aTransition({ id: `f-${n}` }));
    securityHub
      .on(BatchImportFindingsCommand)
      .resolvesOnce({ FailedFindings: [] })
      .rejects(new Error('no network'));
    expect(await publish(many)).toEqual([{ id: 'f-100', why: 'no network', forGood: false }]);
  });

  it('fails with what to do when Security Hub is not enabled', async () => {
    const message = 'Account is not subscribed to AWS Security Hub';
    securityHub
      .on(BatchImportFindingsCommand)
      .rejects(new InvalidAccessException({ message, $metadata: {} }));
    await expect(publish([aTransition()])).rejects.toThrow(
      'Security Hub takes no findings in eu-west-1: enable Security Hub CSPM there, or deploy with securityHub false',
    );
  });

  it('fails with the error of the service otherwise', async () => {
    securityHub.on(BatchImportFindingsCommand).rejects(new Error('no network'));
    await expect(publish([aTransition()])).rejects.toThrow('no network');
  });
});
