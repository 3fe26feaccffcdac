/** What the bundles hold that others wrote: their licences, and a list for machines. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root } from './bundles.mjs';

/** Writes dist/THIRD-PARTY-NOTICES.txt and dist/sbom.cdx.json. Fails on a package that brings no licence. */
export function writeNotices(metafiles) {
  const folders = bundledFolders(metafiles);
  // A package may lie in two folders.
  const notices = new Set(folders.map(notice));
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), [...notices].join('\n'));
  writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(sbom(folders), undefined, 2)}\n`);
}

/** The folders of the packages that gave a file to a bundle, such as node_modules/yaml. */
function bundledFolders(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  const folders = inputs.flatMap(
    (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(folders)].sort();
}

function packageOf(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

function notice(folder) {
  const { name, version, license } = packageOf(folder);
  const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  if (license === undefined) throw new Error(`${name} ${version} names no licence`);
  const text =
    file === undefined ? '' : `\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n${text}`;
}

/** The bill of materials that npm makes of everything here, without what no bundle holds. */
function sbom(folders) {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  const whole = JSON.parse(text);
  const bundled = new Set(folders.map(packageOf).map(({ name, version }) => `${name}@${version}`));
  const components = whole.components.filter((one) => bundled.has(one['bom-ref'].split('|')[0]));
  const refs = new Set(components.map((one) => one['bom-ref']));
  const own = whole.metadata.component['bom-ref'];
  return {
    ...whole,
    components,
    dependencies: whole.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === own)
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((one) => refs.has(one)),
      })),
  };
}
