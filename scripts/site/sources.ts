import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Pages of the site by their file in the project: where they stand on the site. */
export function pagesOfSite(): ReadonlyMap<string, string> {
  const of = (folder: string, at: string) =>
    readdirSync(`${root}${folder}`)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name): [string, string] => [`${folder}/${name}`, `${at}${name}`]);
  return new Map([
    ['README.md', 'index.md'],
    ...of('docs', ''),
    ...of('lib/core/rules', 'findings/'),
    ...of('lib/core/remedies', 'remedies/'),
    ['CHANGELOG.md', 'changelog.md'],
    ['CONTRIBUTING.md', 'contributing.md'],
    ['DESIGN.md', 'design.md'],
    ['SECURITY.md', 'security.md'],
  ]);
}

/** The text of a file of the project. */
export function read(file: string): string {
  return readFileSync(`${root}${file}`, 'utf8');
}
