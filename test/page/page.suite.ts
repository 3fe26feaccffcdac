import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../lib/core/render/page/page.js';
import { manyParts } from '../support/page-parts.js';
import { open, startBrowser } from './browser.js';
import { overlaps } from './overlaps.js';
import { demoParts } from './demo-parts.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [360, 800, 1280];
const schemes = ['light', 'dark'] as const;
/** Opens the first of what is folded. */
const OPEN = "document.querySelectorAll('details').forEach((one, at) => { one.open = at < 60; })";
/** How far the table of nodes reaches beyond what is seen of it. */
const CUT = "(([one]) => one.scrollWidth - one.clientWidth)(document.querySelectorAll('.wrap'))";
/** Thirty times what a quiet machine needs at most. */
const PAINTED_MS = 30_000;
const looks = schemes.flatMap((colorScheme) => widths.map((width) => ({ colorScheme, width })));

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe.each([
  ['the demo', async () => pageOf(await demoParts())],
  ['10,000 nodes', () => Promise.resolve(pageOf(manyParts(10_000)))],
])('the page of %s', (name, make) => {
  let markup: string;
  let pictures: string;
  beforeAll(async () => {
    markup = await make();
    pictures = process.env['PAGE_PICTURES'] ?? (await mkdtemp(join(tmpdir(), 'page-')));
  });

  it('is less than 3 MB, and paints soon', async ({ annotate }) => {
    expect(Buffer.byteLength(markup)).toBeLessThan(3_000_000);
    const { page } = await open(browser, markup);
    const paint = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    // How soon is told, and judged by a bound that a busy machine keeps. A page that waits for its script never paints.
    await annotate(`first paint after ${Math.round(paint)} ms`);
    expect(paint).toBeGreaterThan(0);
    expect(paint).toBeLessThan(PAINTED_MS);
    await page.context().close();
  });

  it.each(looks)(
    'fits $width px, $colorScheme, and asks nobody',
    async ({ width, colorScheme }) => {
      const viewport = { width, height: 900 };
      const { page, complaints, requests } = await open(browser, markup, { viewport, colorScheme });
      const picture = join(pictures, `${name.replaceAll(/\W/g, '-')}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: picture });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await overlaps(page)).toEqual([]);
      expect(await page.evaluate(CUT)).toBe(0);
      await page.evaluate(OPEN);
      expect(await overlaps(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
      await page.context().close();
    },
  );

  it.each(schemes)('is without a violation of axe, %s, all of it opened', async (colorScheme) => {
    const { page } = await open(browser, markup, { colorScheme, bypassCSP: true });
    await page.evaluate(OPEN);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate<AxeResults>('axe.run()');
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .slice(0, 3)
        .join(' ')}`,
  );
}
