import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { topics } from '../../lib/cli/pages.js';
import { dist, fileOf, html, pages } from './built.js';

const attributes = /<(a|img|script|link|source)\b[^>]*?\b(?:href|src|srcset)="([^"]*)"/g;

/** What a page links to, and what it is made of. */
function linksOf(path: string): { tag: string; link: string }[] {
  return [...html(path).matchAll(attributes)].map(([, tag = '', link = '']) => ({
    tag,
    link: link.replaceAll('&amp;', '&'),
  }));
}

const idsOf = (file: string) =>
  new Set([...html(file).matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id));

/** What does not hold of a link; undefined if it does. */
function broken(link: string, from: string): string | undefined {
  const target = fileOf(link, from);
  if (target === undefined) return undefined;
  const { file, anchor } = target;
  const found = [file, `${file}.html`].find((one) => existsSync(join(dist, one)));
  if (found === undefined) return `${from}: ${link} is not there`;
  if (anchor === '' || !found.endsWith('.html') || idsOf(found).has(anchor)) return undefined;
  return `${from}: ${found} has no ${anchor}`;
}

describe('the links of the site', () => {
  it.each(pages())('hold on %s, anchors as well', (path) => {
    const wrong = linksOf(path).flatMap(({ link }) => broken(link, path) ?? []);
    expect([...new Set(wrong)]).toEqual([]);
  });

  it.each(pages())('fetch nothing from elsewhere on %s', (path) => {
    const fetched = linksOf(path).filter(({ tag, link }) => tag !== 'a' && !fileOf(link, path));
    expect(fetched).toEqual([]);
  });

  it('would be found broken: a page, and an anchor, that are not there', () => {
    expect(broken('./nowhere.html', 'index.html')).toContain('is not there');
    expect(broken('./deploy.html#nowhere', 'index.html')).toContain('has no nowhere');
    expect(broken('./deploy.html#options', 'index.html')).toBeUndefined();
  });
});

describe('the site', () => {
  it.each(topics)('has a page for $id', ({ kind, id, title }) => {
    const page = html(`${kind === 'rule' ? 'findings' : 'remedies'}/${id}.html`);
    expect(page).toContain(title.replaceAll("'", '&#39;').slice(0, 20));
  });

  it('reaches every page from the side bars of its three parts', () => {
    const starts = ['index.html', 'findings.html', 'remedies.html'];
    const reached = new Set(
      starts.flatMap((from) => linksOf(from).map(({ link }) => fileOf(link, from)?.file)),
    );
    expect(pages().filter((path) => !reached.has(path))).toEqual([]);
  });
});
