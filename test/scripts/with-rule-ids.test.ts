import { describe, expect, it } from 'vitest';
import schema from '../../schema/configuration.v1.schema.json' with { type: 'json' };
import { ruleTexts } from '../../lib/core/rules/index.js';
import { withRuleIds } from '../../scripts/with-rule-ids.js';

describe('the ids of rules in the schema of a configuration', () => {
  it('are those of today; npm run docs writes them', () => {
    expect(schema.$defs.ruleId.enum).toEqual(ruleTexts.map(({ id }) => id));
    expect(JSON.parse(withRuleIds(JSON.stringify(schema)))).toEqual(schema);
  });

  it('replace those of yesterday, and leave the rest', () => {
    const old = { title: 'a', $defs: { ruleId: { enum: ['gone'] }, text: { type: 'string' } } };
    expect(JSON.parse(withRuleIds(JSON.stringify(old)))).toEqual({
      ...old,
      $defs: { ...old.$defs, ruleId: { enum: ruleTexts.map(({ id }) => id) } },
    });
  });

  it('are missed where the schema has no place for them', () => {
    expect(() => withRuleIds('{"$defs":{}}')).toThrow("'$defs.ruleId' is missing");
  });
});
