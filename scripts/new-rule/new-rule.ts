import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageTemplate, ruleTemplate, testTemplate } from './templates.js';

const INDEX = 'lib/core/rules/index.ts';

/**
 * Writes rule, page and test of an id into a checkout, and puts the rule into the index. Fails, and writes
 * nothing, if the id is no name of words joined by '-', or if one of the files is there.
 * Returns the files, as paths within the checkout.
 */
export function newRule(id: string, root: string): string[] {
  if (!/^[a-z]+(-[a-z]+)+$/.test(id)) {
    throw new Error(`an id should be two or more words in lower case joined by '-', got '${id}'`);
  }
  const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const files = {
    [`lib/core/rules/${id}.ts`]: ruleTemplate(id, name),
    [`lib/core/rules/${id}.md`]: pageTemplate(id),
    [`test/core/rules/${id}.test.ts`]: testTemplate(id, name),
  };
  const there = Object.keys(files).find((file) => existsSync(join(root, file)));
  if (there !== undefined)
    throw new Error(`the id should be new, got '${id}': ${there} is there already`);
  const index = withRule(readFileSync(join(root, INDEX), 'utf8'), id, name);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  writeFileSync(join(root, INDEX), index);
  return [...Object.keys(files), INDEX];
}

/** The index with one more rule, the last of the list: whoever adds it moves it to where people should read it. */
function withRule(index: string, id: string, name: string): string {
  const imports = index.split('\n').filter((line) => /^import \{ \w+ \} from '\.\//.test(line));
  const last = imports.at(-1);
  const end = '\n];\n';
  if (last === undefined || !index.includes(end)) {
    throw new Error(`${INDEX} should import rules and list them up to a line '];'`);
  }
  return index
    .replace(last, `${last}\nimport { ${name} } from './${id}.js';`)
    .replace(end, `\n  ${name},${end}`);
}
