import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { topics } from '../../lib/cli/pages.js';
import { placeOfFile } from './links.js';
import { sitePage } from './site-page.js';
import { pagesOfSite, root } from './sources.js';

/** Writes what the site is built of into `site/pages`: its pages, pictures, linked files and the calculator. */
export async function gather(): Promise<void> {
  const target = join(root, 'site/pages');
  rmSync(target, { recursive: true, force: true });
  const pages = pagesOfSite();
  const files = new Set<string>();
  for (const [file, place] of pages) {
    const page = sitePage(file, pages);
    for (const one of page.files) files.add(one);
    put(join(target, place), page.text);
  }
  const folder = join(target, 'public');
  for (const file of files) cpSync(join(root, file), join(folder, placeOfFile(file)));
  cpSync(join(root, 'docs/pictures'), join(folder, 'pictures'), { recursive: true });
  put(join(target, 'topics.json'), JSON.stringify(topics.map(({ kind, id }) => ({ kind, id }))));
  await build({
    entryPoints: [join(root, 'site/calculator/limit-model.ts')],
    outfile: join(folder, 'limit-model.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
  });
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
