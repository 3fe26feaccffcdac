import { describe, expect, it } from 'vitest';
import { SentCommands } from '../../lib/cli/sent-commands.js';
import type { NodeProbe } from '../../lib/core/run/ports.js';

const NOTHING = 'nothing runs; the probe only reads';
const ELSE = 'nothing else runs; the probe only reads';
const longest =
  'may go on until the probe ends or times out, 120 s after it was sent at the latest';

/** A probe that sends at once, and says of these commands that they run. */
function probe(running: readonly string[] = [], sending?: Promise<void>): NodeProbe {
  return {
    reachability: () => Promise.resolve({ nodes: [] }),
    read: () => Promise.reject(new Error('not read here')),
    running: () => Promise.resolve({ running }),
    async send(instanceIds, comment) {
      await sending;
      return { commandId: comment, instanceIds, refused: [] };
    },
  };
}

describe('what goes on when an audit is interrupted', () => {
  const { signal } = new AbortController();

  it('is nothing before a command was sent', () => {
    expect(new SentCommands().goesOn()).toEqual([NOTHING]);
  });

  it('is every node of the commands that were sent', async () => {
    const sent = new SentCommands();
    const watched = sent.watched(probe(), signal);
    await watched.send(['i-1'], 'a');
    expect(sent.goesOn()).toEqual([`1 Run Command invocation ${longest}`, ELSE]);
    await watched.send(['i-2', 'i-3'], 'b');
    expect(sent.goesOn()).toEqual([`3 Run Command invocations ${longest}`, ELSE]);
  });

  it('is no command that is known to have ended', async () => {
    const sent = new SentCommands();
    const watched = sent.watched(probe(['b']), signal);
    await watched.send(['i-1'], 'a');
    await watched.send(['i-2', 'i-3'], 'b');
    await watched.running(['a', 'b']);
    expect(sent.goesOn()[0]).toContain('2 Run Command invocations');
  });

  it('is perhaps a command that is on its way, too', () => {
    const sent = new SentCommands();
    void sent.watched(probe([], new Promise(() => undefined)), signal).send(['i-1', 'i-2'], 'a');
    expect(sent.goesOn()).toEqual([
      'a command to 2 nodes was on its way, and may go on as well',
      ELSE,
    ]);
  });

  it('is no command that would be sent later: it is not sent any more', async () => {
    const sent = new SentCommands();
    const watched = sent.watched(probe(), AbortSignal.abort());
    await expect(watched.send(['i-1'], 'a')).rejects.toThrow('abort');
    expect(sent.goesOn()).toEqual([NOTHING]);
  });
});
