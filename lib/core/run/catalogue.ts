import type { Catalogue } from '../judge/judge.js';
import { remedies } from '../remedies/index.js';
import { rules, silentRule } from '../rules/index.js';

/** All rules and remedies of this version. */
export const catalogue: Catalogue = { rules, silentRule, remedies };
