import { describe, expect, it } from 'vitest';
import { aReport, anEvidence, aWholeDigest } from './examples.js';
import { escapesInDigest, escapesInReport } from './escapes-in.js';
import { HOSTILE } from './hostile.js';
import { leavesOf, replaced } from './leaves.js';

const texts = (value: unknown) => leavesOf(value).filter((leaf) => typeof leaf.value === 'string');

/** Words of our own that no schema lets pass as anything else, and from which colours and reasons follow. */
const isFixed = (path: readonly string[]) =>
  path.at(-1) === 'severity' || (path.includes('silent') && path.at(-1) === 'reason');

describe('a hostile text', () => {
  const report = aReport();
  const digest = aWholeDigest(report);

  it('stands in examples that have findings, gaps, silent nodes and changes', () => {
    expect(report.findings.length).toBeGreaterThan(3);
    expect(texts(report).length).toBeGreaterThan(150);
    expect(texts(digest).length).toBeGreaterThan(150);
  });

  it('escapes from no field of a report', () => {
    const found = texts(report)
      .filter(({ path }) => !isFixed(path))
      .flatMap(({ path }) =>
        escapesInReport(replaced(report, path, HOSTILE)).map(
          (what) => `${path.join('.')}: ${what}`,
        ),
      );
    expect(found).toEqual([]);
  });

  it('escapes from no field of a digest', async () => {
    const found = await Promise.all(
      texts(digest).map(async ({ path }) => {
        const escapes = await escapesInDigest(replaced(digest, path, HOSTILE));
        return escapes.map((what) => `${path.join('.')}: ${what}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  it('escapes from no field of the evidence, through rules, reasons and steps', async () => {
    const evidence = anEvidence();
    const found: string[] = [];
    for (const { path } of texts(evidence).filter((leaf) => !isFixed(leaf.path))) {
      const judged = aReport(replaced(evidence, path, HOSTILE));
      const escapes = [
        ...escapesInReport(judged),
        ...(await escapesInDigest(aWholeDigest(judged))),
      ];
      found.push(...escapes.map((what) => `${path.join('.')}: ${what}`));
    }
    expect(found).toEqual([]);
  });
});
