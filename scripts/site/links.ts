import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';

/** What becomes of the links of a page when it stands elsewhere. */
export interface Moved {
  /** The same page, with links that hold on the site. */
  readonly text: string;
  /** Files of the project that it links to and that are no pages: they come along. */
  readonly files: readonly string[];
}

/** A file that is no page stands on the site as text, so that a browser shows it. */
export function placeOfFile(file: string): string {
  return /[.](json|yml|svg)$/.test(file) ? `files/${file}` : `files/${file}.txt`;
}

/**
 * Rewrites the links of a page from its place in the project to its place on the site. Fails at a link to
 * what is not there. A folder has no page: its link becomes plain text.
 */
export function movedLinks(
  text: string,
  from: string,
  pages: ReadonlyMap<string, string>,
  root: string,
): Moved {
  const files = new Set<string>();
  const here = posix.dirname(pages.get(from) ?? from);
  const target = (link: string): string | undefined => {
    const [path = '', anchor] = link.split('#');
    const file = posix.normalize(posix.join(posix.dirname(from), path));
    if (!existsSync(`${root}${file}`))
      throw new Error(`${from} links to ${link}, which is not there`);
    const page = pages.get(file);
    if (page !== undefined)
      return `${relative(here, page)}${anchor === undefined ? '' : `#${anchor}`}`;
    if (statSync(`${root}${file}`).isDirectory()) return undefined;
    files.add(file);
    return `pathname:${placeOfFile(file)}`;
  };
  const moved = outsideFences(text, (part) =>
    part.replace(/\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)/g, (whole, label: string, link: string) => {
      if (/^([a-z]+:|#)/.test(link)) return whole;
      const place = target(link);
      if (place === undefined) return label;
      return place.startsWith('pathname:')
        ? `<a href="${relative(here, place.slice('pathname:'.length))}" target="_self">${inHtml(label)}</a>`
        : `[${label}](${place})`;
    }),
  );
  return { text: moved, files: [...files] };
}

/** Changes a page everywhere but in its fenced code. */
function outsideFences(text: string, change: (part: string) => string): string {
  return text
    .split(/(^ *```[^]*?^ *```$)/m)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('');
}

function relative(from: string, to: string): string {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** The label of a link within HTML, where Markdown is not read. */
function inHtml(label: string): string {
  return label.replace(/`([^`]+)`/g, '<code>$1</code>');
}
