import type { Fact } from './fact.js';
import { LOOK_AGAIN_DAYS } from './fact.js';
import { facts } from './facts.js';

/** `docs/facts.md`: every outside fact with its source and the day of the last look at it. */
export function factsPage(): string {
  const isPrice = ({ id }: Fact) => id.startsWith('price-');
  return [
    '# Facts of the outside',
    `Advice rests on facts that others may change: versions of images, what kube-proxy does in which release, prices. Each is a record here, with its source and the day on which somebody last looked. \`npm run docs\` makes this page, a test holds the code to the records, and \`npm run facts\` names those that are older than ${LOOK_AGAIN_DAYS} days.`,
    '“Through” says by whom a fact was read if it was not read at its source. Sources in repositories were read in public copies of them.',
    '## Limits, images and services',
    table(facts.filter((fact) => !isPrice(fact))),
    '## Prices',
    'List prices of us-east-1. [What it costs](cost.md) is made of them.',
    table(facts.filter(isPrice)),
    '',
  ].join('\n\n');
}

function table(some: readonly Fact[]): string {
  const rows = some.map(
    ({ what, value, source, checked, via = '', carries }) =>
      `| ${what} | ${value} | ${carries} | ${checked} | ${[`<${source}>`, via].filter(Boolean).join(', through ')} |`,
  );
  return ['| fact | value | carries | looked at | source |', '| --- | --- | --- | --- | --- |']
    .concat(rows)
    .join('\n');
}
