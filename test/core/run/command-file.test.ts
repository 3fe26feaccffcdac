import { describe, expect, it } from 'vitest';
import { commandFile, nodesOfCommands } from '../../../lib/core/run/command-file.js';

describe('the file of several commands', () => {
  const file = commandFile([
    { commandId: 'c-1', instanceIds: ['i-1', 'i-2'], refused: ['i-3'] },
    { instanceIds: [], refused: [], denied: ['i-4'], unsent: ['i-5'] },
    { commandId: 'c-2', instanceIds: ['i-6'], refused: [] },
  ]);

  it('has each node once, by what became of it', () => {
    expect(file).toEqual({
      instanceIds: ['i-1', 'i-2', 'i-6'],
      sent: [
        { commandId: 'c-1', nodes: 2 },
        { commandId: 'c-2', nodes: 1 },
      ],
      refused: ['i-3'],
      denied: ['i-4'],
      unsent: ['i-5'],
    });
  });

  it('tells the nodes of each command', () => {
    expect([...nodesOfCommands(file)]).toEqual([
      ['c-1', ['i-1', 'i-2']],
      ['c-2', ['i-6']],
    ]);
  });

  it('leaves out the lists that no batch has', () => {
    expect(commandFile([{ commandId: 'c', instanceIds: ['i'], refused: [] }])).toEqual({
      instanceIds: ['i'],
      sent: [{ commandId: 'c', nodes: 1 }],
      refused: [],
    });
  });
});
