import { invalidValue, objects, requiredText, texts, type Input } from '../protocol/input.js';

/** Values that a resource has under the name of a filter; `undefined`: EC2 has no such filter. */
export type Attributes = (filterName: string) => readonly string[] | undefined;

/**
 * Reads the filters of a call into one test. Values of one filter are or-ed, filters are and-ed, and
 * `*` and `?` are wildcards, as in EC2.
 */
export function readFilters(input: Input): (attributes: Attributes) => boolean {
  const filters = objects(input, 'Filter', invalidValue).map((filter) => ({
    name: requiredText(filter, 'Name', invalidValue),
    patterns: texts(filter, 'Value', invalidValue).map(wildcard),
  }));
  return (attributes) =>
    filters.every(({ name, patterns }) => {
      const values = attributes(name);
      if (values === undefined) throw invalidValue(`The filter '${name}' is invalid`);
      return values.some((value) => patterns.some((pattern) => pattern.test(value)));
    });
}

function wildcard(value: string): RegExp {
  const source = value
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    // Several stars in a row mean one, and only make the match slow.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
