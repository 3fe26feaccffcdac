import type { Rule, RuleText } from '../rule.js';
import { limitUnexpected } from './limit-unexpected.js';
import { nodeSilent } from './node-silent.js';
import { readingImplausible } from './reading-implausible.js';
import { tableDrops } from './table-drops.js';
import { tablePressure } from './table-pressure.js';

/** Every rule that judges a snapshot, in the order in which people should read them. */
export const rules: readonly Rule[] = [
  tableDrops,
  tablePressure,
  limitUnexpected,
  readingImplausible,
];

/** Every rule there is, for tables and pages. */
export const ruleTexts: readonly RuleText[] = [...rules, nodeSilent];
