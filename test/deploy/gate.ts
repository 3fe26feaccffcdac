import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { awsJsonError } from '../../lib/simulator/protocol/aws-json.js';
import { ec2Error, queryError, s3Error } from '../../lib/simulator/protocol/ec2-query.js';
import { write, type AwsResponse } from '../../lib/simulator/protocol/http.js';
import { restJsonError } from '../../lib/simulator/protocol/rest-json.js';
import { asServiceError, ServiceError } from '../../lib/simulator/protocol/service-error.js';
import { protocolOf, serviceOf } from '../../lib/simulator/protocol/service-name.js';
import { pass, type Answer } from './pass.js';
import type { Moto } from './moto.js';
import { isAllowed, type Statement, type Wish } from './role.js';
import type { RunCommand } from './run-command.js';
import { wishesOf, type Asked } from './wishes.js';

/** What the gate stands before. */
export interface GateTo {
  readonly moto: Moto;
  /** Has what moto lacks: nodes that answer, and the add-ons of EKS. */
  readonly simulatorEndpoint: string;
  readonly runCommand: RunCommand;
  readonly tagsOf: (instanceId: string) => Wish['context'];
}

/** The one way of the deployed function to AWS. */
export interface Gate {
  readonly endpoint: string;
  /** Whoever comes from now on has the role with these statements. */
  admit(caller: string, statements: readonly Statement[]): void;
  /** Each action that was asked for, and whether it was allowed. */
  readonly asked: readonly (Wish & { readonly allowed: boolean })[];
  stop(): Promise<void>;
}

/** Services of the simulated account; all others are moto's. */
const SIMULATED = ['eks', 'ec2', 'ssm'];

/**
 * Judges each request by the deployed role, its conditions too, as neither moto nor the simulated account do.
 * Then it passes the request on to whoever has the service.
 */
export async function startGate(to: GateTo): Promise<Gate> {
  const asked: (Wish & { allowed: boolean })[] = [];
  let caller = 'nobody';
  let statements: readonly Statement[] = [];
  const judge = (wish: Wish): boolean => {
    const allowed = isAllowed(statements, wish);
    asked.push({ ...wish, allowed });
    return allowed;
  };
  const agent = new Agent({ ca: readFileSync(to.moto.certificate), keepAlive: true });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const one = described(request, body);
    for (const wish of wishesOf(one, to.tagsOf)) {
      if (!judge(wish)) throw refused(one.service, wish, caller);
    }
    const carried = await to.runCommand.carry(one, (changed) =>
      pass(request, Buffer.from(changed), to.simulatorEndpoint, agent),
    );
    const home = SIMULATED.includes(one.service) ? to.simulatorEndpoint : to.moto.endpoint;
    writeAnswer(response, carried ?? hidden(one, await pass(request, body, home, agent)));
  }

  /** Who may not list a bucket is not told that an object is absent. */
  function hidden(one: Asked, found: Answer): Answer {
    if (one.service !== 's3' || found.status !== 404 || one.method === 'PUT') return found;
    const [, bucket = ''] = one.url.pathname.split('/');
    const listing = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: {} };
    if (isAllowed(statements, listing)) return found;
    throw refused('s3', listing, caller);
  }

  const server = createServer(
    { cert: readFileSync(to.moto.certificate), key: readFileSync(to.moto.key) },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        write(response, inShapeOf(request, asServiceError(error)));
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // The SDK puts a bucket's name in front of a host that is a name.
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    admit(name, allowed) {
      caller = name;
      statements = allowed;
      asked.length = 0;
    },
    asked,
    async stop() {
      agent.destroy();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function described(request: IncomingMessage, body: Buffer): Asked {
  return {
    service: serviceOf(request) ?? 'unknown',
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'https://127.0.0.1'),
    target: request.headers['x-amz-target']?.toString() ?? '',
    body: body.toString(),
  };
}

/** The codes by which each service says that a role does not allow it. */
const codes: Readonly<Record<string, readonly [code: string, status: number]>> = {
  ec2: ['UnauthorizedOperation', 403],
  s3: ['AccessDenied', 403],
  sns: ['AuthorizationError', 403],
  sts: ['AccessDenied', 403],
  iam: ['AccessDenied', 403],
  eks: ['AccessDeniedException', 403],
};

function refused(service: string, { action, resource }: Wish, caller: string): ServiceError {
  const [code, status] = codes[service] ?? ['AccessDeniedException', 400];
  return new ServiceError(
    code,
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    status,
  );
}

function inShapeOf(request: IncomingMessage, error: ServiceError): AwsResponse {
  const service = serviceOf(request);
  if (service === 's3') return s3Error(error);
  if (service === 'ec2') return ec2Error(error);
  const protocol = protocolOf(request);
  if (protocol === 'json') return awsJsonError(error);
  return protocol === 'query' ? queryError(error) : restJsonError(error);
}

function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}
