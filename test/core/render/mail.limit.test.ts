import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../../../lib/core/render/cut.js';
import { MAIL_LIMIT, mailBody } from '../../../lib/core/render/mail.js';
import { aDigest } from '../../support/a-digest.js';
import { anyDigest, manyChanges } from '../../support/hostile-digests.js';

describe('a mail that would be too long', () => {
  const told = (body: string) =>
    (body.match(/^ {0,2}(CRITICAL|WARNING|NOTICE|RESOLVED|NO LONGER AUDITED) {2}/gm) ?? []).length;

  it('tells the worst in full and ten in a line, says how many of each kind it leaves out, and where they are', () => {
    const body = mailBody(aDigest(manyChanges(40)));
    const [, more, kinds] =
      /(\d+) more changes \((.*)\) did not fit into this mail and can be read in the whole report\./.exec(
        body.replace(/\s+/g, ' '),
      ) ?? [];
    expect(Number(more) + told(body)).toBe(40);
    const counts = kinds?.match(/\d+/g)?.map(Number) ?? [];
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(Number(more));
    expect(body).toContain('cluster-0 / web');
    expect(body).not.toContain('cluster-39 / web');
    expect(body.match(/^ {2}(CRITICAL|RESOLVED|NO LONGER AUDITED)/gm)).toHaveLength(10);
  });

  it('is read in a minute, whatever changed', () => {
    const lines = [1, 2, 11, 40, 10_000].map(
      (changes) => mailBody(aDigest(manyChanges(changes))).split('\n').length,
    );
    expect(Math.max(...lines)).toBeLessThanOrEqual(75);
  });

  it('keeps the worst change, and stays below 8 KB, of 10,000', () => {
    const body = mailBody(aDigest(manyChanges(10_000)));
    expect(byteLength(body)).toBeLessThan(MAIL_LIMIT);
    expect(body).toContain('cluster-0 / web');
  });

  it('is below 8 KB, of whole characters and plain lines, whatever the names are', () => {
    fc.assert(
      fc.property(anyDigest, (digest) => {
        const body = mailBody(digest);
        expect(byteLength(body)).toBeLessThan(MAIL_LIMIT);
        expect(body.isWellFormed()).toBe(true);
        expect(body.replaceAll('\n', '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u,
        );
        expect(told(body) > 0).toBe(digest.transitions.length > 0);
      }),
    );
  });
});
