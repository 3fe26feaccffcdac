import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';
import { serviceOf, serviceOfQuery } from '../../../lib/simulator/protocol/service-name.js';
import { ec2 } from '../../../lib/simulator/services/ec2.js';
import { eks } from '../../../lib/simulator/services/eks.js';
import { ssm } from '../../../lib/simulator/services/ssm.js';
import type { S3Response } from './bucket.js';
import type { Fault, FaultKind } from './fault.js';
import { operationOf, type Operation } from './operation.js';
import { identity, importFindings, publish, putEvents, type Untaken } from './receivers.js';
import { asError, spoken } from './refusal.js';
import type { FakeState } from './state.js';

/** Faults of a part of an answer. */
const answered: readonly FaultKind[] = ['refused-items', 'broken-items', 'short'];

/** Hears what the process that tests must know at once. */
export interface Listener {
  /** How many requests are open and will never be answered. */
  hanging(count: number): void;
  crashed(): void;
}

/** The one address of the account. Every service is told by its signature, which nobody verifies. */
export function makeFront(state: () => FakeState, listener: Listener): Server {
  let hanging = 0;
  const hang = (response: ServerResponse) => {
    listener.hanging((hanging += 1));
    response.once('close', () => {
      listener.hanging((hanging -= 1));
    });
  };
  return createServer((incoming, response) => {
    void bytesOf(incoming).then((bytes) => {
      const { service, request } = described(incoming, bytes);
      const operation = withComments(operationOf(service, request), state());
      const fault = state().meet(operation);
      const answer = () => served(service, request, bytes, state(), fault);
      if (fault === undefined || answered.includes(fault.kind)) {
        write(response, answer());
        return;
      }
      if (fault.after === true) answer();
      if (fault.kind === 'hang') hang(response);
      else if (fault.kind === 'crash') {
        listener.crashed();
        hang(response);
      } else if (fault.kind === 'reset') incoming.socket.resetAndDestroy();
      else write(response, spoken(service, fault, operation));
    });
  });
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function described(incoming: IncomingMessage, bytes: Buffer) {
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const service = serviceOf(incoming) ?? serviceOfQuery(bytes.toString());
  const body = service === 's3' ? '' : bytes.toString();
  return { service, request: { method, url, headers, body } };
}

/** The comments of the commands that a call names, which tell the run and the number of a command. */
function withComments(operation: Operation, { account }: FakeState): Operation {
  if (!operation.name.startsWith('ssm:')) return operation;
  const { subject } = operation;
  const comments = [...account.commands.values()]
    .filter(({ commandId }) => subject.includes(commandId))
    .map(({ comment }) => comment);
  return { ...operation, subject: [subject, ...comments].join(' ') };
}

function served(
  service: string,
  request: AwsRequest,
  bytes: Buffer,
  state: FakeState,
  fault: Fault | undefined,
): S3Response {
  switch (service) {
    case 'eks':
      return eks(request, state.account);
    case 'ec2':
      return ec2(request, state.account);
    case 'ssm':
      return shortened(ssm(request, state.account), fault);
    case 's3':
      return state.bucket.handle(request, bytes);
    case 'sns':
      return publish(request.body, state.told);
    case 'tagging':
      return mayNotList();
    case 'events':
      return putEvents(request.body, state.told, itemsOf(fault));
    case 'securityhub':
      return importFindings(request.body, state.told, itemsOf(fault));
    default:
      return identity(request.body);
  }
}

/** The role is that of a stack of before, which may not list tags, so that node groups are asked about one by one. */
function mayNotList(): AwsResponse {
  const message = 'User is not authorized to perform: tag:GetResources';
  return asError('tagging', new ServiceError('AccessDeniedException', message));
}

function itemsOf(fault: Fault | undefined): Untaken | undefined {
  const { kind = 'hang', about = '' } = fault ?? {};
  return kind.endsWith('-items') ? { about, forGood: kind === 'refused-items' } : undefined;
}

/** Leaves out of a list what the fault is about: the service does not list it yet. */
function shortened(answer: AwsResponse, fault: Fault | undefined): AwsResponse {
  if (fault?.kind !== 'short') return answer;
  const lists = JSON.parse(answer.body) as Record<string, unknown>;
  const kept = Object.entries(lists).map(([name, value]) => [
    name,
    Array.isArray(value)
      ? value.filter((one) => !JSON.stringify(one).includes(fault.about ?? '"'))
      : value,
  ]);
  return { ...answer, body: JSON.stringify(Object.fromEntries(kept)) };
}

function write(response: ServerResponse, answer: S3Response): void {
  const bytes = answer.bytes ?? Buffer.from(answer.body);
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': bytes.length,
    'x-amzn-requestid': 'fake',
    ...(answer.errorCode === undefined ? {} : { 'x-amzn-errortype': answer.errorCode }),
    ...answer.headers,
  });
  response.end(bytes);
}
