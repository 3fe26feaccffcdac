import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitOf, versionText } from '../../lib/cli/commit.js';
import { VERSION } from '../../lib/version.js';

let folder: string;
let checkout: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-C', checkout, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    encoding: 'utf8',
  }).trim();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commit-'));
  checkout = join(folder, 'checkout');
  execFileSync('git', ['init', '-q', '-b', 'main', checkout]);
  git('commit', '-q', '--allow-empty', '-m', 'first');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the commit of a checkout', () => {
  it('is that of its branch', () => {
    expect(commitOf(checkout)).toBe(git('rev-parse', 'HEAD'));
  });

  it('is that of its branch where git has packed it', () => {
    git('pack-refs', '--all');
    expect(commitOf(checkout)).toBe(git('rev-parse', 'HEAD'));
  });

  it('is that of a linked worktree, and not of the first one', () => {
    git('worktree', 'add', '-q', '-b', 'other', join(folder, 'linked'));
    execFileSync('git', [
      ...['-C', join(folder, 'linked'), '-c', 'user.name=a', '-c', 'user.email=a@b'],
      ...['commit', '-q', '--allow-empty', '-m', 'second'],
    ]);
    expect(commitOf(join(folder, 'linked'))).toBe(git('rev-parse', 'other'));
    expect(git('rev-parse', 'other')).not.toBe(git('rev-parse', 'main'));
  });

  it('is that of a head without a branch', () => {
    git('checkout', '-q', '--detach');
    expect(commitOf(checkout)).toBe(git('rev-parse', 'HEAD'));
  });

  it('is none of a folder that is no checkout, or a broken one', async () => {
    expect(commitOf(folder)).toBeUndefined();
    await writeFile(join(checkout, '.git', 'HEAD'), 'nonsense');
    expect(commitOf(checkout)).toBeUndefined();
  });
});

describe('the text of a version', () => {
  it('has nine digits of its commit, or says that it is unknown', () => {
    expect(versionText('a86e628400000000000000000000000000000000')).toBe(
      `${VERSION} (commit a86e62840)`,
    );
    expect(versionText('unknown')).toBe(`${VERSION} (commit unknown)`);
  });
});
