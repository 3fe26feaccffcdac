/** Builds the site of the documents into site/.vitepress/dist: `npm ci --prefix site` once, then `npm run site`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gather } from './site/gather.js';
import { root } from './site/sources.js';

const vitepress = join(root, 'site/node_modules/vitepress/bin/vitepress.js');
if (!existsSync(vitepress))
  throw new Error('the tools of the site are not installed: npm ci --prefix site');
await gather();
const { status } = spawnSync(process.execPath, [vitepress, 'build', join(root, 'site')], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
