/**
 * The fake account of `bench:fleet`, in a process of its own, so that what it does is not counted: an address on
 * 127.0.0.1 that answers at once, or as slowly as it is told.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { serviceOf } from '../../../lib/simulator/protocol/service-name.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';
import { Bucket as S3Bucket, type S3Response } from '../../faults/fake/bucket.js';
import { operationOf } from '../../faults/fake/operation.js';
import { identity, publish, putEvents, type Told } from '../../faults/fake/receivers.js';
import { asError } from '../../faults/fake/refusal.js';
import { Buckets } from './buckets.js';
import { FleetEc2 } from './fleet-ec2.js';
import { FleetEks } from './fleet-eks.js';
import { FleetSsm } from './fleet-ssm.js';
import type { Layout } from './layout.js';
import { demoProfiles } from './profiles.js';
import type { Counted, Slowness } from './counted.js';

const [layoutText = '', slownessText = '{}'] = process.argv.slice(2);
const layout = JSON.parse(layoutText) as Layout;
const { buckets: hasBuckets, latency } = JSON.parse(slownessText) as Slowness;

const profiles = await demoProfiles();
const [ec2, eks, ssm] = [
  new FleetEc2(layout, profiles),
  new FleetEks(layout),
  new FleetSsm(layout, profiles),
];
const bucket = new S3Bucket();
const told: Told = { topic: [], events: [], hub: [] };
const buckets = new Buckets();
const nothing = (): Counted => ({ calls: {}, throttled: {}, bytesWritten: 0, spans: {} });
let counted = nothing();

function served(service: string, request: AwsRequest, bytes: Buffer): S3Response {
  if (service === 'ec2') return ec2.handle(request);
  if (service === 'eks') return eks.handle(request);
  if (service === 'tagging') return eks.tags(request);
  if (service === 'ssm') return ssm.handle(request);
  if (service === 's3') return bucket.handle(request, bytes);
  if (service === 'sns') return publish(request.body, told);
  if (service === 'events') return putEvents(request.body, told, undefined);
  return identity(request.body);
}

function throttled(service: string): AwsResponse {
  const refused =
    service === 'ec2'
      ? new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503)
      : new ServiceError('ThrottlingException', 'Rate exceeded', 400);
  return asError(service, refused);
}

function count(operation: string, bytes: number, isAllowed: boolean): void {
  const { calls, throttled: refused, bytesWritten, spans } = counted;
  const list = isAllowed ? calls : refused;
  list[operation] = (list[operation] ?? 0) + 1;
  if (isAllowed) spans[operation] = [spans[operation]?.[0] ?? performance.now(), performance.now()];
  const written = operation === 's3:PutObject' ? bytes : 0;
  counted = { ...counted, bytesWritten: bytesWritten + written };
}

async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const service = serviceOf(incoming) ?? '';
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const body = service === 's3' ? '' : bytes.toString();
  const request = { method, url, headers, body };
  const operation = operationOf(service, request).name;
  const isAllowed = !hasBuckets || buckets.take(operation);
  count(operation, bytes.length, isAllowed);
  if (latency > 0) await wait(latency);
  write(response, isAllowed ? served(service, request, bytes) : throttled(service));
}

function write(response: ServerResponse, { status, contentType, body, ...more }: S3Response): void {
  const bytes = more.bytes ?? Buffer.from(body);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': bytes.length,
    'x-amzn-requestid': 'fake',
    ...(more.errorCode === undefined ? {} : { 'x-amzn-errortype': more.errorCode }),
    ...more.headers,
  });
  response.end(bytes);
}

const server = createServer((incoming, response) => {
  answer(incoming, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
/** Whoever asks is told what was counted, and counting begins anew. */
process.on('message', () => {
  process.send?.(counted);
  counted = nothing();
});
process.on('disconnect', () => {
  server.closeAllConnections();
  server.close();
});
