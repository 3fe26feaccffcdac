import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Where Debian, Ubuntu and Chrome itself put the browser; `CHROMIUM` names another place. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the browser of this machine. Fails where there is none: whoever asks for these suites wants them run. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(`there is no browser at ${places.join(', ')}: apt-get install chromium`);
  }
  // Root has no sandbox in Chromium; the page is ours, and asks nobody for anything.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that was opened, and what was wrong while it was. */
export interface Opened {
  readonly page: Page;
  /** What its console said, and what it threw. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for, beside its own. */
  readonly requests: readonly string[];
}

/** Opens markup from an address of its own, as a bucket serves it. Nothing else answers there. */
export async function open(
  browser: Browser,
  markup: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const address = 'https://report.test/report.html';
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ body: markup, contentType: 'text/html' });
    requests.push(url);
    return route.abort();
  });
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(address);
  // The script fills the table once the page is painted.
  if (options.javaScriptEnabled !== false)
    await page.locator('#status').filter({ hasText: /./ }).waitFor();
  return { page, complaints, requests };
}
