import * as v from 'valibot';
import { ruleTexts } from '../lib/core/rules/index.js';
import { parsed } from '../lib/core/text/parsed.js';

const aSchema = v.looseObject({
  $defs: v.looseObject({ ruleId: v.object({ enum: v.array(v.string()) }) }),
});

/** The same schema of a configuration with the ids of today's rules. Fails where it defines no ruleId. */
export function withRuleIds(schema: string): string {
  const { $defs, ...rest } = parsed(aSchema, JSON.parse(schema));
  const ruleId = { enum: ruleTexts.map(({ id }) => id) };
  return JSON.stringify({ ...rest, $defs: { ...$defs, ruleId } });
}
