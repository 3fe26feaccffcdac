import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { Runs, type ServedRun } from './runs.js';
import { mcpServer } from './server.js';

/** Bytes of one message of a client. A house choice: the largest question has a few thousand. */
const MOST_MESSAGE = 1_048_576;

/** Answers on stdin and stdout until the client goes. */
export function serve(runs: readonly ServedRun[], note: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const transport = new ClosingTransport(resolve);
    serveStdio(() => mcpServer(new Runs(runs)), {
      transport,
      onerror: ({ message }) => {
        note(message);
      },
    });
  });
}

/** Says when it was closed, whoever closed it: the client, its pipe or the server. */
class ClosingTransport extends StdioServerTransport {
  constructor(private readonly closed: () => void) {
    super(process.stdin, process.stdout, { maxBufferSize: MOST_MESSAGE });
  }

  override async close(): Promise<void> {
    await super.close();
    this.closed();
  }
}
