import { present } from '../text/present.js';
import type { SentCommand } from './ports.js';
import type { CommandFile } from './run-files.js';

/** One file of what became of several batches. A list that no batch has is absent. */
export function commandFile(commands: readonly SentCommand[]): CommandFile {
  const some = (ids: string[]) => (ids.length > 0 ? ids : undefined);
  return {
    instanceIds: commands.flatMap(({ instanceIds }) => instanceIds),
    sent: commands.flatMap(({ commandId, instanceIds }) =>
      commandId === undefined ? [] : [{ commandId, nodes: instanceIds.length }],
    ),
    refused: commands.flatMap(({ refused }) => refused),
    ...present({
      denied: some(commands.flatMap(({ denied = [] }) => denied)),
      unsent: some(commands.flatMap(({ unsent = [] }) => unsent)),
    }),
  };
}

/** The nodes that each command of a file went to, by its id. */
export function nodesOfCommands({ instanceIds, sent = [] }: CommandFile) {
  const nodes = new Map<string, readonly string[]>();
  let from = 0;
  for (const { commandId, nodes: count } of sent) {
    nodes.set(commandId, instanceIds.slice(from, from + count));
    from += count;
  }
  return nodes;
}
