import { describe, expect, it } from 'vitest';
import { aJudgement, anEvidence, aWholeDigest } from './examples.js';
import { escapesInDigest, escapesInReport } from './escapes-in.js';
import { HOSTILE } from './hostile.js';
import { leavesOf, replaced, type Leaf } from './leaves.js';

const texts = (value: unknown) => leavesOf(value).filter((leaf) => typeof leaf.value === 'string');

/** The first text of each field: items of one list are alike. */
function oncePerField(leaves: readonly Leaf[]): Leaf[] {
  const field = ({ path }: Leaf) => path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
  return [...new Map([...leaves].reverse().map((leaf) => [field(leaf), leaf])).values()];
}

/** Words of our own that no schema lets pass as anything else, and from which colours and reasons follow. */
const isFixed = (path: readonly string[]) =>
  path.at(-1) === 'severity' || (path.includes('silent') && path.at(-1) === 'reason');

describe('a hostile text', () => {
  const { evidence, ...judged } = aJudgement();
  const { report } = judged;
  const digest = aWholeDigest(report);

  it('stands in examples that have findings, gaps, silent nodes and changes', () => {
    expect(report.findings.length).toBeGreaterThan(3);
    expect(texts(report).length).toBeGreaterThan(150);
    expect(texts(digest).length).toBeGreaterThan(150);
  });

  it('escapes from no field of a report', () => {
    const found = oncePerField(texts(judged))
      .filter(({ path }) => !isFixed(path))
      .flatMap(({ path }) =>
        escapesInReport({ evidence, ...replaced(judged, path, HOSTILE) }).map(
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
    const found: string[] = [];
    for (const { path } of oncePerField(texts(anEvidence())).filter(
      (leaf) => !isFixed(leaf.path),
    )) {
      const judgement = aJudgement(replaced(anEvidence(), path, HOSTILE));
      const escapes = [
        ...escapesInReport(judgement),
        ...(await escapesInDigest(aWholeDigest(judgement.report))),
      ];
      found.push(...escapes.map((what) => `${path.join('.')}: ${what}`));
    }
    expect(found).toEqual([]);
  });
});
