import type { PartRecord } from '../../organization/part.js';
import { placeOf, type Overview } from '../../organization/overview.js';
import { count } from '../../text/format.js';
import { PAGE_KEY } from '../../text/run-key.js';
import { sha256 } from '../../text/sha256.js';
import { html, ownElement, type Html } from '../page/html.js';
import { style } from '../page/style.js';
import { caseName } from '../selection.js';
import {
  auditsText,
  countsText,
  fullestOf,
  gapLines,
  headlineOf,
  nodesText,
  placeName,
  placesText,
  settlesAll,
} from './names.js';
import type { JudgedOverview } from './overview-text.js';

/** No script, and nothing from elsewhere. */
const POLICY = `default-src 'none'; style-src 'sha256-${sha256(style)}'; base-uri 'none'; form-action 'none'`;

/**
 * Many audits as one page that needs nothing beside itself. `hasParts`: the page lies where the folders of the accounts
 * are, so that it leads to their pages.
 */
export function overviewPage({ overview, records }: JudgedOverview, hasParts: boolean): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${headlineOf(overview)}: conntrack</title>
        ${ownElement('style', style)}
      </head>
      <body>
        <main>
          <header>
            <h1>${headlineOf(overview)}</h1>
            <p class="sub">Conntrack audits: ${nodesText(overview)} · ${auditsText(overview)}</p>
          </header>
          ${planSection(overview)} ${caseSection(overview)} ${unknownSection(overview)}
          ${auditSection(records, hasParts)}
        </main>
      </body>
    </html>`;
  return `${page.toString()}\n`;
}

function planSection({ actions, moreActions }: Overview): Html {
  const rows = actions.map((one) => [one.title, settlesAll(one), placesText(one)]);
  return section('plan', 'What to do', ['action', 'settles', 'where'], rows, moreActions);
}

function caseSection({ cases, moreCases }: Overview): Html {
  const rows = cases.map((one) => [
    html`<span class="pill ${one.severity}">${one.severity}</span>`,
    placeName(one),
    caseName(one),
    `${count(one.affected)} of ${count(one.nodes)}`,
    fullestOf(one),
    one.signs.join(', '),
  ]);
  const head = ['severity', 'account and Region', 'node group', 'nodes', 'fullest', 'signs'];
  return section('cases', 'Cases', head, rows, moreCases);
}

function unknownSection({ gaps }: Overview): Html | undefined {
  if (gaps.length === 0) return undefined;
  return html`<section aria-labelledby="unknown">
    <h2 id="unknown">What is not known</h2>
    <ul>
      ${gapLines(gaps).map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

function auditSection(records: readonly PartRecord[], hasParts: boolean): Html {
  const rows = records.map((record) => {
    const { account, region, nodes, clusters, findings } = record;
    const name = placeName(placeOf(record));
    const page = `${account.id}/${region}/${PAGE_KEY}`;
    return [
      hasParts ? html`<a href="${page}">${name}</a>` : name,
      count(clusters),
      `${count(nodes.read)} of ${count(nodes.discovered)}`,
      countsText(findings),
    ];
  });
  const head = ['account and Region', 'clusters', 'nodes read', 'what was found'];
  return section('audits', 'Audits', head, rows, 0);
}

function section(
  id: string,
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
  more: number,
): Html {
  const body = html`<div class="wrap">
    <table class="big">
      <thead>
        <tr>
          ${head.map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${rows.length === 0 ? html`<p>none</p>` : body}
    ${more > 0 ? html`<p>and ${count(more)} more in the reports</p>` : undefined}
  </section>`;
}
