import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('overlay/ask.py', import.meta.url));

/** `['cloudwatch', 'describe_alarms', {}]`: service, operation and parameters as boto3 names them. */
export type Question = readonly [service: string, operation: string, parameters?: object];

/** Gives the answers in the order of the questions. A refusal is an answer: `{ refused: code }`. */
export type Ask = (...questions: readonly Question[]) => Promise<readonly unknown[]>;

/**
 * Asks services for which this project has no client of its own, by the one that comes with moto. It ends
 * with its standard input.
 */
export function startAsker(environment: Readonly<Record<string, string>>): {
  readonly ask: Ask;
  readonly stop: () => Promise<void>;
} {
  const asker = spawn('python3', ['-B', script], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: 'pipe',
  });
  let complaint = '';
  asker.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-5_000);
  });
  const ended = once(asker, 'close');
  const lines = createInterface({ input: asker.stdout })[Symbol.asyncIterator]();
  return {
    async ask(...questions) {
      const asked = questions.map(([service, operation, given = {}]) => [
        service,
        operation,
        given,
      ]);
      asker.stdin.write(`${JSON.stringify(asked)}\n`);
      const answer = await lines.next();
      if (answer.done !== true) return JSON.parse(answer.value) as unknown[];
      throw new Error(`nobody answers ${JSON.stringify(asked)}: ${complaint}`);
    },
    async stop() {
      asker.stdin.end();
      await ended;
    },
  };
}
