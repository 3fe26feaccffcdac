import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../lib/core/render/page/page.js';
import { HOSTILE } from '../fuzz/hostile.js';
import { aNodeUsing } from '../support/a-node.js';
import { manyParts, pageParts } from '../support/page-parts.js';
import { open, startBrowser } from './browser.js';

const markup = pageOf(manyParts(400));

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function using(work: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, requests } = await open(browser, markup);
  await work(page);
  expect([...complaints, ...requests]).toEqual([]);
  await page.context().close();
}

const cells = (page: Page, column: number) =>
  page.locator(`#table tbody tr > :nth-child(${column})`).allTextContents();

describe('the table of nodes', () => {
  it('begins with the rows that are there without a script', async () => {
    const still = await open(browser, markup, { javaScriptEnabled: false });
    const rows = await still.page.locator('#table tbody tr').allInnerTexts();
    await still.page.context().close();
    await using(async (page) => {
      expect(await page.locator('#table tbody tr').allInnerTexts()).toEqual(rows);
    });
    expect(rows).toHaveLength(50);
  });

  it('pages, and says where it is', () =>
    using(async (page) => {
      expect(await page.locator('#status').innerText()).toBe('1 to 50 of 400');
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await page.locator('#status').innerText()).toBe('51 to 100 of 400');
      await page.getByRole('button', { name: 'Back' }).click();
      expect(await page.getByRole('button', { name: 'Back' }).isDisabled()).toBe(true);
    }));

  it('filters by words of every column, and by what a node is', () =>
    using(async (page) => {
      await page.getByLabel('Filter').fill('cluster-3 GROUP-2 m5');
      expect(new Set(await cells(page, 2))).toEqual(new Set(['cluster-3']));
      expect(new Set(await cells(page, 3))).toEqual(new Set(['group-2']));
      await page.getByLabel('Filter').fill('');
      await page.getByLabel('Show').selectOption('silent');
      expect(await page.locator('#status').innerText()).toBe('1 to 5 of 5');
      await page.getByLabel('Filter').fill('no such node');
      expect(await page.locator('#status').innerText()).toBe('no node');
    }));

  it('orders by a column, and turns the order round', () =>
    using(async (page) => {
      const entries = async () =>
        (await cells(page, 5)).map((text) => Number(text.replaceAll(',', '')));
      await page.getByRole('button', { name: 'Entries' }).click();
      const down = await entries();
      expect(down).toEqual([...down].sort((a, b) => b - a));
      await page.getByRole('button', { name: 'Entries' }).click();
      const up = await entries();
      expect(up).toEqual([...up].sort((a, b) => a - b));
      expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    }));

  it('shows the raw facts of a node, and takes them away', () =>
    using(async (page) => {
      const button = page.locator('#table tbody button').first();
      await button.click();
      const facts = JSON.parse(await page.locator('tr.facts pre').innerText()) as object;
      expect(facts).toMatchObject({ table: { max: 131_072 }, kubeProxy: { version: '1.31.2' } });
      await button.click();
      expect(await page.locator('tr.facts').count()).toBe(0);
    }));
});

it('is reached by the keyboard alone, all of it', () =>
  using(async (page) => {
    const stops = await page
      .locator('a[href], summary, button:enabled, input, select, [tabindex="0"]')
      .filter({ visible: true })
      .count();
    const seen = new Set<number>();
    for (let at = 0; at < stops; at += 1) {
      await page.keyboard.press('Tab');
      const path = await page.evaluate<number>(
        "[...document.querySelectorAll('body *')].indexOf(document.activeElement)",
      );
      seen.add(path);
    }
    seen.delete(-1);
    expect(seen.size).toBe(stops);
  }));

it('opens the action that a case leads to, folded or not', () =>
  using(async (page) => {
    const link = page.locator('.case a[href^="#a"]').last();
    const target = (await link.getAttribute('href')) ?? '';
    await page.evaluate(
      "document.querySelectorAll('.case').forEach((one) => { one.open = true; })",
    );
    await link.click();
    expect(await page.locator(target).isVisible()).toBe(true);
  }));

it('shows hostile names as texts, and runs nothing of them', async () => {
  const name = `${HOSTILE}<img src=x onerror=alert(1)></script><script>alert(2)</script>`;
  const hostile = aNodeUsing(130_000, 131_072, {
    cluster: name,
    nodeGroup: name,
    instanceId: name,
  });
  const { page, complaints, requests } = await open(browser, pageOf(pageParts([hostile])));
  await page.locator('#table tbody button').first().click();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('body').innerText()).toContain('<img src=x onerror=alert(1)>');
  expect([...complaints, ...requests]).toEqual([]);
  await page.context().close();
});

it('prints all that is folded, dark on white, and folds it again', async () => {
  const { page } = await open(browser, markup, { colorScheme: 'dark' });
  const folded = () => page.locator('details:not([open])').count();
  const before = await folded();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await folded()).toBe(0);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
  expect(await page.locator('#controls').isVisible()).toBe(false);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await folded()).toBe(before);
  expect(before).toBeGreaterThan(5);
  await page.context().close();
});
