/** Draws the report of the saved demo run for README.md and docs/read-a-report.md: `npm run picture`. */
import { writeFileSync } from 'node:fs';
import { theDemo } from '../test/support/demo-run.js';
import { picturesOf } from './picture/pictures.js';

for (const [name, picture] of Object.entries(picturesOf(await theDemo())))
  writeFileSync(new URL(`../docs/pictures/${name}`, import.meta.url), picture);
