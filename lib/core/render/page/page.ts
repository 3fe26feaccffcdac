import { sha256 } from '../../text/sha256.js';
import { OWN_NAME } from '../command-text.js';
import { planSection } from './actions.js';
import { casesSection } from './cases.js';
import { fleetSection } from './fleet.js';
import { html, ownElement } from './html.js';
import { nodeData } from './node-data.js';
import { nodeRows } from './node-rows.js';
import { nodesSection } from './node-table.js';
import type { PageParts } from './page-parts.js';
import { script } from './script.js';
import { shapes } from './strip.js';
import { style } from './style.js';
import { unreadSection } from './unread.js';
import { verdictHeader, verdictText } from './verdict.js';

/** A browser runs and draws with nothing but these two, and asks nobody for anything. */
const POLICY = `default-src 'none'; style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'; base-uri 'none'; form-action 'none'`;

/** A judged run as one page that needs nothing beside itself: to keep, to send, to print. */
export function pageOf(parts: PageParts, program: string = OWN_NAME): string {
  const rows = nodeRows(parts);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${verdictText(parts)}: conntrack in ${parts.report.region}</title>
        ${ownElement('style', style)}
      </head>
      <body>
        <a class="skip" href="#plan">To what to do</a>${shapes}
        <main>
          ${verdictHeader(parts, rows)} ${planSection(parts, program)} ${fleetSection(parts, rows)}
          ${casesSection(parts, rows, program)} ${unreadSection(parts, program)}
          ${nodesSection(rows)}
        </main>
        ${nodeData(rows)} ${ownElement('script', script)}
      </body>
    </html>`;
  return `${page.toString()}\n`;
}
