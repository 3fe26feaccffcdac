import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dist } from './built.js';
import { root } from '../../scripts/site/sources.js';

/** A network namespace without a way out, where this machine lets us make one. */
const alone = ['unshare', '-rn'];

/** Builds the site once for all suites, without a network where that can be had. */
export default function setup(): void {
  rmSync(dist, { recursive: true, force: true });
  const build = [process.execPath, '--import', 'tsx', 'scripts/site.ts'];
  const mayBeAlone = spawnSync('unshare', ['-rn', 'true']).status === 0;
  const [command = '', ...args] = mayBeAlone ? [...alone, ...build] : build;
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
