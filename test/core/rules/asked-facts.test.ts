import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../lib/core/judge/policy.js';
import type { Subject } from '../../../lib/core/judge/rule.js';
import { groupLoads } from '../../../lib/core/measure/group-load.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { catalogue } from '../../../lib/core/run/catalogue.js';
import { theDemo } from '../../support/demo-run.js';

const { evidence } = await theDemo();
const loadOf = groupLoads(evidence.snapshots);

/** The same facts, and a note of each one that somebody looks at; a copy looks at all. */
function watched(facts: NodeFacts, seen: Set<string>): NodeFacts {
  return new Proxy(facts, {
    get: (target, name) => {
      seen.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
    ownKeys: (target) => {
      for (const name of Object.keys(target)) seen.add(name);
      return Reflect.ownKeys(target);
    },
  });
}

describe('a rule', () => {
  it.each(catalogue.rules)('looks at nothing but what it asked for: $id', (rule) => {
    const seen = new Set<string>();
    const verdicts = evidence.snapshots.map(({ node, facts }) => {
      const subject: Subject = { node, facts: watched(facts, seen), group: loadOf(node) };
      return rule.evaluate(subject, defaultPolicy).verdict;
    });
    expect(verdicts).not.toContain('crashed');
    expect([...seen].filter((name) => !rule.asksFor.some((asked) => asked === name))).toEqual([]);
  });
});
