import { describe, expect, it } from 'vitest';
import { InlineOrchestrator } from '../../lib/adapters/inline-orchestrator.js';
import { orchestratorContract } from './orchestrator.contract.js';

orchestratorContract('InlineOrchestrator', (story) =>
  story(new InlineOrchestrator(() => Promise.resolve())),
);

describe('InlineOrchestrator', () => {
  it('asks its pause for as many seconds as the story does', async () => {
    const paused: number[] = [];
    const orchestrator = new InlineOrchestrator((seconds) => {
      paused.push(seconds);
      return Promise.resolve();
    });
    await orchestrator.sleep('first', 20);
    await orchestrator.map('items', [1], (_, inner) => inner.sleep('second', 0.5));
    expect(paused).toEqual([20, 0.5]);
  });

  it('waits for real where no pause is given', async () => {
    await expect(new InlineOrchestrator().sleep('a moment', 0.001)).resolves.toBeUndefined();
  });
});
