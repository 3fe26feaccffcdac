// Runs one handler of the built audit function, as Lambda would: `node run-handler.mjs inline|durable EVENT`.
// Prints what it returned as JSON, as the last line. The environment is the function's own.
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';

const [mode, sent] = process.argv.slice(2);
const event = JSON.parse(sent);
// Lambda starts Node so that there is one.
let collected = 0;
globalThis.gc = () => {
  collected += 1;
};
const handlers = await import('../../dist/lambda/audit.mjs');

if (mode === 'inline') {
  console.log(JSON.stringify({ ...(await handlers.inline(event)), collected }));
} else {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  const runner = new LocalDurableTestRunner({ handlerFunction: handlers.durable });
  const execution = await runner.run({ payload: event });
  if (execution.getStatus() !== 'SUCCEEDED') throw new Error(JSON.stringify(execution.getError()));
  const steps = execution.getOperations().filter((one) => one.getType() === 'STEP');
  const sizes = steps.map((one) => JSON.stringify(one.getStepDetails()?.result ?? null).length);
  const largest = Math.max(...sizes);
  console.log(JSON.stringify({ ...execution.getResult(), largest }));
  await LocalDurableTestRunner.teardownTestEnvironment();
}
