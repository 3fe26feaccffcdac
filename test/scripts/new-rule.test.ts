import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { newRule } from '../../scripts/new-rule/new-rule.js';

const index = 'lib/core/rules/index.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-rule-'));
  for (const folder of ['lib/core/rules', 'test/core/rules']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  cpSync(fileURLToPath(new URL(`../../${index}`, import.meta.url)), join(root, index));
});

const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('newRule', () => {
  it('writes rule, page and test, and lists the rule', () => {
    expect(newRule('very-odd', root)).toEqual([
      'lib/core/rules/very-odd.ts',
      'lib/core/rules/very-odd.md',
      'test/core/rules/very-odd.test.ts',
      index,
    ]);
    expect(read('lib/core/rules/very-odd.ts')).toContain('export const veryOdd = defineRule({');
    expect(read('lib/core/rules/very-odd.md')).toMatch(/^# very-odd\n/);
    expect(read('test/core/rules/very-odd.test.ts')).toContain("rules/very-odd.js'");
    expect(read(index)).toContain("import { veryOdd } from './very-odd.js';");
    expect(read(index)).toMatch(/\n {2}veryOdd,\n\];/);
  });

  it.each(['odd', 'Very-odd', 'very-odd-', '../very-odd', 'very_odd', ''])(
    'takes no %j for an id',
    (id) => {
      expect(() => newRule(id, root)).toThrow(`joined by '-', got '${id}'`);
    },
  );

  it('writes over no rule, and leaves the index as it was', () => {
    newRule('very-odd', root);
    const before = read(index);
    expect(() => newRule('very-odd', root)).toThrow('very-odd.ts is there already');
    expect(read(index)).toBe(before);
  });
});
