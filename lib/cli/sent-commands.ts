import { DELIVERY_SECONDS, EXECUTION_SECONDS } from '../core/run/batches.js';
import type { NodeProbe } from '../core/run/ports.js';
import { plural } from '../core/text/format.js';

const LONGEST = DELIVERY_SECONDS + EXECUTION_SECONDS;

/** Knows which commands an audit has sent that may still run. */
export class SentCommands {
  /** Nodes of each command that is not known to have ended, by its id. */
  private readonly nodes = new Map<string, number>();
  /** The nodes of each command that is on its way. */
  private readonly leaving = new Set<readonly string[]>();

  /** The same probe, watched. It sends nothing more once the signal says so. */
  watched(probe: NodeProbe, signal: AbortSignal): NodeProbe {
    return {
      reachability: (instanceIds) => probe.reachability(instanceIds),
      read: (commandId, instanceIds) => probe.read(commandId, instanceIds),
      send: async (instanceIds, comment) => {
        signal.throwIfAborted();
        this.leaving.add(instanceIds);
        try {
          const sent = await probe.send(instanceIds, comment);
          if (sent.commandId !== undefined) this.nodes.set(sent.commandId, sent.instanceIds.length);
          return sent;
        } finally {
          this.leaving.delete(instanceIds);
        }
      },
      running: async (commandIds) => {
        const looked = await probe.running(commandIds);
        for (const id of commandIds) if (!looked.running.includes(id)) this.nodes.delete(id);
        return looked;
      },
    };
  }

  /** What goes on in the account when this program ends now. A node of a command is an invocation of it. */
  goesOn(): string[] {
    const sent = sum(this.nodes.values());
    const leaving = sum([...this.leaving].map((ids) => ids.length));
    const lines = [
      ...(sent > 0
        ? [
            `${plural(sent, 'Run Command invocation')} may go on until the probe ends or times out, ${LONGEST} s after it was sent at the latest`,
          ]
        : []),
      ...(leaving > 0
        ? [`a command to ${plural(leaving, 'node')} was on its way, and may go on as well`]
        : []),
    ];
    return [...lines, `nothing ${lines.length > 0 ? 'else ' : ''}runs; the probe only reads`];
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0);
}
