import { describe, expect, it } from 'vitest';
import { progressText, withProgress } from '../../lib/cli/progress.js';
import { aTerminal } from '../support/a-terminal.js';

describe('withProgress', () => {
  it('notes each change once where nothing can be redrawn, and gives the result', async () => {
    const { terminal, out, notes } = aTerminal();
    const result = await withProgress('audit', terminal, (watch) => {
      watch({ stage: 'waiting', running: 2, commands: 3 });
      watch({ stage: 'waiting', running: 2, commands: 3 });
      watch({ stage: 'waiting', running: 0, commands: 3 });
      return Promise.resolve('done');
    });
    expect(result).toBe('done');
    expect(out()).toBe('');
    expect(notes()).toBe('audit: waiting for 2 of 3 commands\naudit: every command has ended\n');
  });

  it('fails as the work fails', async () => {
    const { terminal } = aTerminal();
    const failing = withProgress('audit', terminal, () => Promise.reject(new Error('no region')));
    await expect(failing).rejects.toThrow('no region');
  });
});

describe('progressText', () => {
  it.each([
    [{ stage: 'discovered', clusters: 1, nodes: 2 }, 'discovered 2 nodes of 1 cluster'],
    [{ stage: 'asked', nodes: 1_000, silent: 3 }, 'asking 1,000 nodes; 3 cannot be asked'],
    [{ stage: 'read', answers: 1 }, 'read 1 answer'],
    [{ stage: 'judged', findings: 0 }, 'judged: 0 findings'],
  ] as const)('says of %j: %s', (progress, words) => {
    expect(progressText(progress)).toBe(words);
  });
});
