import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startBrowser } from '../page/browser.js';
import { openPage, pages } from './built.js';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Each page twice: wide and light, narrow and dark. */
const looks = [
  { width: 1_280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;
const pictures = process.env['SITE_PICTURES'];

describe.each(looks)('the site at $width px, $colorScheme', ({ width, colorScheme }) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  const options = { viewport: { width, height: 900 }, colorScheme };

  it.each(pages())('is without a violation of axe, asks nobody and fits: %s', async (path) => {
    const { page, strangers, complaints } = await openPage(browser, path, options);
    // Also where it fails: a browser with a hundred pages slows the whole machine down.
    onTestFinished(() => page.context().close());
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      const name = path.replaceAll('/', '-').replace('.html', '');
      await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
    expect({ found, strangers, complaints }).toEqual({ found: [], strangers: [], complaints: [] });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});
