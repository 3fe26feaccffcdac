/** Names the facts that nobody has looked at for 90 days: `npm run facts`. It prints, and fails never. */
import { daysSince, LOOK_AGAIN_DAYS, oldFacts } from './facts/fact.js';
import { facts } from './facts/facts.js';

const today = new Date().toISOString().slice(0, 10);
const old = oldFacts(facts, today);
const lines = old.map(
  ({ id, value, checked, source }) =>
    `  ${id}: ${value}, looked at ${daysSince(checked, today)} days ago (${checked}): ${source}`,
);
process.stdout.write(
  [
    `${old.length} of ${facts.length} facts are older than ${LOOK_AGAIN_DAYS} days`,
    ...lines,
    '',
  ].join('\n'),
);
