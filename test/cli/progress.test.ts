import { afterEach, describe, expect, it, vi } from 'vitest';
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

  it('notes nothing once people end the work', async () => {
    const { terminal, notes } = aTerminal();
    const signal = AbortSignal.abort();
    const work = (watch: (progress: { stage: 'read'; answers: number }) => void) => {
      watch({ stage: 'read', answers: 1 });
      return Promise.resolve();
    };
    await withProgress('audit', terminal, work, signal);
    expect(notes()).toBe('');
  });

  it('fails as the work fails', async () => {
    const { terminal } = aTerminal();
    const failing = withProgress('audit', terminal, () => Promise.reject(new Error('no region')));
    await expect(failing).rejects.toThrow('no region');
  });
});

describe('withProgress on a terminal', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes nothing of the message of an error, which is told as every other', async () => {
    const written: string[] = [];
    const keep = (text: string | Uint8Array) => written.push(String(text)) > 0;
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    const { terminal } = aTerminal({ interactive: true });
    const failure = new Error('no cluster \u001b]0;owned\u0007');
    const failing = withProgress('audit', terminal, () => Promise.reject(failure));
    await expect(failing).rejects.toBe(failure);
    expect(written.join('')).toContain('audit');
    expect(written.join('')).not.toContain('owned');
  });

  it('takes its line away once people end the work, and says nothing more', async () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const { terminal, notes } = aTerminal({ interactive: true });
    const control = new AbortController();
    await withProgress(
      'audit',
      terminal,
      (watch) => {
        watch({ stage: 'waiting', running: 1, commands: 2 });
        control.abort();
        written.push('|aborted|');
        watch({ stage: 'read', answers: 1 });
        return Promise.resolve();
      },
      control.signal,
    );
    const [before = '', after] = written.join('').split('|aborted|');
    expect(before).toContain('audit: waiting for 1 of 2 commands');
    expect(before.endsWith('\u001b[1G\u001b[2K')).toBe(true);
    expect(before).not.toContain('\u001b[?25l');
    expect({ after, notes: notes() }).toEqual({ after: '', notes: '' });
  });

  it('keeps its line within the columns, whatever it says', async () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const { terminal } = aTerminal({ interactive: true, ascii: true });
    await withProgress('x'.repeat(500), terminal, () => Promise.resolve());
    const lines = written.filter((text) => text.includes('x'));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.trimEnd().length).toBeLessThanOrEqual(80);
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
