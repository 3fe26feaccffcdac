import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One call on its way to an account. */
export interface Call {
  /** `DescribeCluster`, `SendCommand`; of EKS `GET /clusters/prod`. */
  readonly operation: string;
  readonly body: string;
}

/** What happens to a call: it never ends, its answer stops half way, its connection breaks, or it has this answer. */
export type Fault =
  | 'hang'
  | 'half'
  | 'reset'
  | { readonly status: number; readonly body: string; readonly type?: string };

/** An account of which some calls go wrong. */
export interface FaultyAccount {
  readonly endpoint: string;
  /** Decides of each call; nothing lets it pass. */
  fault: (call: Call) => Fault | undefined;
  /** How often each operation was asked. */
  readonly asked: Map<string, number>;
  stop(): Promise<void>;
}

/** Stands on 127.0.0.1 before another account, and lets through what it does not break. */
export async function startFaultyAccount(behind: string): Promise<FaultyAccount> {
  const target = new URL(behind);
  const asked = new Map<string, number>();
  const server = createServer((incoming, response) => {
    void (async () => {
      const body = await bodyOf(incoming);
      const call = { operation: operationOf(incoming, body.toString()), body: body.toString() };
      asked.set(call.operation, (asked.get(call.operation) ?? 0) + 1);
      const fault = account.fault(call);
      if (fault === 'hang') return;
      if (fault === 'reset') return incoming.socket.destroy();
      if (fault === 'half') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 });
        return response.write('{');
      }
      if (fault !== undefined) {
        response.writeHead(fault.status, { 'content-type': fault.type ?? 'application/json' });
        return response.end(fault.body);
      }
      const { method, url: path, headers } = incoming;
      const onward = ask({
        host: target.hostname,
        port: target.port,
        ...{ method, path, headers },
      });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      return onward.end(body);
    })();
  });
  const account: FaultyAccount = {
    endpoint: await listen(server),
    fault: () => undefined,
    asked,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return account;
}

/** What a service answers that refuses, in the words of AWS JSON and of REST. */
export function refusal(name: string, message: string, status = 400): Fault {
  return { status, body: JSON.stringify({ __type: name, code: name, message }) };
}

/** What EC2 answers that refuses. */
export function ec2Refusal(code: string, message: string, status = 403): Fault {
  const body = `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`;
  return { status, body, type: 'text/xml' };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function operationOf({ headers, method, url = '' }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1] ?? target;
  return (
    new URLSearchParams(body).get('Action') ??
    `${method ?? ''} ${new URL(url, 'http://x').pathname}`
  );
}
