import { describe, expect, it } from 'vitest';
import { isWorthTelling } from '../../../lib/core/ledger/digest.js';
import { chatMessage } from '../../../lib/core/render/chat.js';
import { machineDigest } from '../../../lib/core/render/machine.js';
import { mailBody } from '../../../lib/core/render/mail.js';
import { subjectOf } from '../../../lib/core/render/subject.js';
import { testDigest } from '../../../lib/core/render/test-digest.js';
import { undocumentedIn } from '../../support/digest-schema.js';

const digest = testDigest('2026-11-24T08:00:00.000Z', 'eu-west-1', '123456789012');

describe('the digest of a test', () => {
  it('would be told', () => {
    expect(isWorthTelling(digest)).toBe(true);
  });

  it('is marked as a test in every form that it takes', () => {
    expect(subjectOf(digest)).toBe(
      '[test] [critical] 1 new, 1 resolved: conntrack in 123456789012, eu-west-1 (made-up-cluster)',
    );
    expect(mailBody(digest)).toMatch(/^This is a test .* Everything in it is made up/);
    expect(chatMessage(digest).content.title).toMatch(/^\[test\] /);
    expect(machineDigest(digest)).toMatchObject({
      test: true,
      runId: 'test-20261124T080000Z',
      startedAt: '2026-11-24T08:00:00.000Z',
    });
  });

  it('says of every finding that it is made up, and asks nobody to do anything', () => {
    for (const { finding } of digest.transitions) {
      expect(finding.summary).toContain('made up');
      expect(finding.cluster).toBe('made-up-cluster');
    }
    expect(mailBody(digest)).toContain('NOW\n  nothing is to be done, as this is a test\n');
    expect(mailBody(digest)).not.toMatch(/FOR GOOD|start-session/);
  });

  it('is valid by the published schema', () => {
    expect(undocumentedIn(machineDigest(digest))).toEqual([]);
  });
});
