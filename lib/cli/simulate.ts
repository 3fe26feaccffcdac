import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { once } from 'node:events';
import { printedJson, printedLines } from '../core/render/lines.js';
import { untilInterrupted } from './interrupt.js';
import type { Terminal } from './terminal.js';

/** `simulate`: serves the embedded account until it is interrupted. */
export function simulateCommand(terminal: Terminal) {
  return new Command('simulate')
    .description('serve the simulated account on 127.0.0.1 for any AWS client')
    .option('--port <port>', 'port to listen on (default: a free one)', portNumber, 0)
    .option('--json', 'print the environment as JSON')
    .addHelpText('after', '\nRuns until it is interrupted. It listens on 127.0.0.1 only.')
    .action(async ({ port, json }) => {
      const { startSimulator } = await import('../simulator/start-simulator.js');
      const starting = startSimulator({ port });
      const ending = { goesOn: () => ['the simulated account has ended'], tidy: stop };
      async function stop() {
        await (await starting).stop();
      }
      await untilInterrupted(terminal, ending, async () => {
        const simulator = await starting;
        const lines = Object.entries(simulator.environment).map(
          ([key, value]) => `export ${key}=${value}`,
        );
        terminal.write(json === true ? printedJson(simulator.environment) : printedLines(lines));
        terminal.note(
          printedLines(['point an AWS client at it with these variables; Ctrl-C ends it']),
        );
        await once(process, 'SIGTERM');
      });
      await stop();
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError(`should be a whole number from 0 to 65535, got '${text}'`);
}
