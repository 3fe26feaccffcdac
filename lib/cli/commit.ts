import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../version.js';

/** Put in by the build: nothing else knows the commit of a package. */
declare const BUILD_COMMIT: string | undefined;

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** Digits that people read of it. */
const SHOWN = 9;

/** `0.1.0 (commit a86e6284f)`: what `--version` prints. */
export function versionText(commit = buildCommit() ?? commitOf(root())): string {
  return `${VERSION} (commit ${commit?.slice(0, SHOWN) ?? 'unknown'})`;
}

function buildCommit(): string | undefined {
  return typeof BUILD_COMMIT === 'string' && BUILD_COMMIT !== '' ? BUILD_COMMIT : undefined;
}

/** The root of a checkout, seen from this file. */
function root(): string {
  return fileURLToPath(new URL('../..', import.meta.url));
}

/**
 * The commit that a checkout stands on, by the files of git. Nothing where it is none.
 *
 * @see https://git-scm.com/docs/gitrepository-layout
 */
export function commitOf(checkout: string): string | undefined {
  const own = gitFolder(checkout);
  const head = textOf(join(own, 'HEAD')) ?? '';
  const [, ref] = /^ref: (refs\/.+)$/.exec(head) ?? [];
  const commit = ref === undefined ? head : commitOfRef(own, ref);
  return COMMIT.test(commit) ? commit : undefined;
}

/** A linked worktree has a file in place of the folder, which names its own. */
function gitFolder(checkout: string): string {
  const place = join(checkout, '.git');
  const [, linked] = /^gitdir: (.+)$/m.exec(textOf(place) ?? '') ?? [];
  return linked === undefined ? place : resolve(checkout, linked);
}

/** A linked worktree shares the branches of the first one. */
function commitOfRef(own: string, ref: string): string {
  const shared = textOf(join(own, 'commondir'));
  const common = shared === undefined ? own : resolve(own, shared);
  return textOf(join(common, ref)) ?? packed(common, ref) ?? '';
}

function packed(common: string, ref: string): string | undefined {
  const lines = (textOf(join(common, 'packed-refs')) ?? '').split('\n');
  return lines.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0];
}

/** Nothing where there is no such file. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(code)) return undefined;
    throw error;
  }
}
