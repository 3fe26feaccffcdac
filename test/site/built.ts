import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { root } from '../../scripts/site/sources.js';

/** The site as `npm run site` writes it. */
export const dist = join(root, 'site/.vitepress/dist');

/** Every page of it, as a path from its root. */
export function pages(): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html' && !file.startsWith('files'))
    .sort();
}

/** Where the site stands in these suites. Nothing listens there: files are handed to the browser. */
export const origin = 'https://site.test';

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/** A page of the site in a browser. What it asks of others is kept, and answered by nobody. */
export async function openPage(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; strangers: string[]; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const strangers: string[] = [];
  const complaints: string[] = [];
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = join(dist, decodeURIComponent(url.pathname));
    const isFile = existsSync(file) && statSync(file).isFile();
    if (url.origin !== origin || !isFile) {
      strangers.push(url.href);
      return route.abort();
    }
    const contentType = types[file.split('.').at(-1) ?? ''] ?? 'text/plain';
    return route.fulfill({ body: readFileSync(file), contentType });
  });
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(`${origin}/${path}`, { waitUntil: 'load' });
  return { page, strangers, complaints };
}

/** The text of a built page. */
export function html(path: string): string {
  return readFileSync(join(dist, path), 'utf8');
}

/** A file of the site by a link from one of its pages. Undefined: it leads out of the site. */
export function fileOf(link: string, from: string): { file: string; anchor: string } | undefined {
  const url = new URL(link, `${origin}/${from}`);
  if (url.origin !== origin) return undefined;
  const path = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
  return {
    file: relative('/', decodeURIComponent(path)),
    anchor: decodeURIComponent(url.hash.slice(1)),
  };
}
