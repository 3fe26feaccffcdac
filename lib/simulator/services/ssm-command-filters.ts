import { statusOf, type Command } from '../commands.js';
import { objects, requiredText, validation, type Input } from '../protocol/input.js';
import { ServiceError } from '../protocol/service-error.js';

type Test = (command: Command, value: string) => boolean;

/** Filters over commands. Another one is another entry. */
const tests: Readonly<Record<string, Test>> = {
  DocumentName: ({ documentName }, value) => documentName === value,
  Status: (command, value) => statusOf(command).Status === value,
  InvokedAfter: ({ requestedAt }, value) => requestedAt.getTime() > timeOf(value),
  InvokedBefore: ({ requestedAt }, value) => requestedAt.getTime() < timeOf(value),
};

/** Reads `Filters` of ListCommands into one test; all filters must hold. */
export function readCommandFilters(input: Input): (command: Command) => boolean {
  const filters = objects(input, 'Filters').map((filter) => ({
    test: testOf(requiredText(filter, 'key')),
    value: requiredText(filter, 'value'),
  }));
  return (command) => filters.every(({ test, value }) => test(command, value));
}

function testOf(key: string): Test {
  const test = Object.hasOwn(tests, key) ? tests[key] : undefined;
  if (test !== undefined) return test;
  throw new ServiceError('InvalidFilterKey', `the filter ${key} is not supported`);
}

function timeOf(value: string): number {
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw validation(`Value '${value}' is not a time in ISO 8601`);
  return time;
}
