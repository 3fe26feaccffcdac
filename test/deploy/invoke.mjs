// Runs one handler of a function's code, as Lambda would: `node invoke.mjs MODULE HANDLER durable|plain EVENT`.
// Prints what it returned as JSON, as the last line. The environment is the function's own.
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { pathToFileURL } from 'node:url';

const [module, handler, kind, sent] = process.argv.slice(2);
const event = JSON.parse(sent);
const { [handler]: handlerFunction } = await import(pathToFileURL(module).href);

if (kind === 'plain') {
  console.log(JSON.stringify(await handlerFunction(event)));
} else {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  const runner = new LocalDurableTestRunner({ handlerFunction });
  const execution = await runner.run({ payload: event });
  if (execution.getStatus() !== 'SUCCEEDED') throw new Error(JSON.stringify(execution.getError()));
  console.log(JSON.stringify(execution.getResult()));
  await LocalDurableTestRunner.teardownTestEnvironment();
}
