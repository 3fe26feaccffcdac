import { regions } from '../../core/configuration/regions.js';
import { bundledShapes } from '../../core/limit/instance-shapes.js';
import { asked } from '../../core/plan/question.js';
import { remedies } from '../../core/remedies/index.js';
import { formats } from '../../core/render/index.js';
import { ruleTexts } from '../../core/rules/index.js';
import { topics } from '../pages.js';

const types = bundledShapes.map(({ instanceType }) => instanceType);

/** Words of options, and of the arguments of commands, that read theirs themselves: commander does not know them. */
export const known: Readonly<Record<string, readonly string[]>> = {
  '--compare': types,
  '--format': Object.keys(formats),
  '--if': Object.keys(asked),
  '--region': regions,
  '--rule': ruleTexts.map(({ id }) => id),
  explain: topics.map(({ id }) => id),
  fix: remedies.map(({ id }) => id),
  limit: types,
};
