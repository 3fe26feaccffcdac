import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DurableOrchestrator } from '../../lib/adapters/durable-orchestrator.js';
import type { Orchestrator } from '../../lib/core/run/ports.js';
import { orchestratorContract } from './orchestrator.contract.js';

/** Runs a story as Lambda would: told again from its start after each wait. */
async function run<T>(story: (orchestrator: Orchestrator) => Promise<T>) {
  const runner = new LocalDurableTestRunner<T>({
    handlerFunction: withDurableExecution<unknown, T>((_event: unknown, context: DurableContext) =>
      story(new DurableOrchestrator(context)),
    ),
  });
  return runner.run({ payload: {} });
}

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

orchestratorContract('DurableOrchestrator', async (story) => {
  const execution = await run(story);
  if (execution.getStatus() !== 'SUCCEEDED') throw new Error(execution.getError().errorMessage);
  const result = execution.getResult();
  if (result === undefined) throw new Error('the story gave nothing');
  return result;
});

describe('DurableOrchestrator', () => {
  it('takes no step twice when the story goes on after a wait', async () => {
    let steps = 0;
    const execution = await run(async (orchestrator) => {
      const count = () => Promise.resolve((steps += 1));
      const before = await orchestrator.step('before', count);
      await orchestrator.sleep('settle', 300);
      return [before, await orchestrator.step('after', count)];
    });
    expect(execution.getResult()).toEqual([1, 2]);
    expect(steps).toBe(2);
  });

  it('waits in whole seconds, rounded up', async () => {
    const execution = await run(async (orchestrator) => {
      await orchestrator.sleep('short', 0.2);
      await orchestrator.sleep('long', 20.5);
      return 'awake';
    });
    const seconds = execution.getOperations().map((it) => it.getWaitDetails()?.waitSeconds);
    expect(seconds).toEqual([1, 21]);
  });

  it('tries a step that fails three times', async () => {
    let attempts = 0;
    const failing = await run((orchestrator) =>
      orchestrator.step('send', () => {
        attempts += 1;
        return Promise.reject(new Error('still down'));
      }),
    );
    expect(failing.getStatus()).toBe('FAILED');
    expect(attempts).toBe(3);
  });

  it('goes on when a step works at the last try', async () => {
    let attempts = 0;
    const recovering = await run((orchestrator) =>
      orchestrator.step('send', () => {
        attempts += 1;
        return attempts < 3 ? Promise.reject(new Error('still down')) : Promise.resolve('sent');
      }),
    );
    expect(recovering.getResult()).toBe('sent');
  });
});
