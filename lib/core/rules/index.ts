import type { Rule, RuleText } from '../rule.js';
import { hashCrowding } from './hash-crowding.js';
import { limitNotDurable } from './limit-not-durable.js';
import { limitShrinksOnUpgrade } from './limit-shrinks-on-upgrade.js';
import { limitUnexpected } from './limit-unexpected.js';
import { nodeSilent } from './node-silent.js';
import { readingImplausible } from './reading-implausible.js';
import { tableDrops } from './table-drops.js';
import { tablePressure } from './table-pressure.js';

/** Every rule that judges a snapshot, in the order in which people should read them. */
export const rules: readonly Rule[] = [
  tableDrops,
  tablePressure,
  hashCrowding,
  limitNotDurable,
  limitUnexpected,
  limitShrinksOnUpgrade,
  readingImplausible,
];

/** Every rule there is, for tables and pages. */
export const ruleTexts: readonly RuleText[] = [...rules, nodeSilent];
