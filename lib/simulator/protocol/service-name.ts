import type { IncomingMessage } from 'node:http';

/** The part of a SigV4 credential that names the service: `AKID/20261123/us-east-1/ec2/aws4_request`. */
const credential = /Credential=[^/]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\/aws4_request/;
/** `X-Amz-Target` -> service, for requests that nobody signed. */
const targets: Readonly<Record<string, string>> = {
  AmazonSSM: 'ssm',
  AmazonSQS: 'sqs',
  AWSOrganizationsV20161128: 'organizations',
};
/** `Version` of the query protocols -> service. */
const versions: Readonly<Record<string, string>> = {
  '2016-11-15': 'ec2',
  '2010-03-31': 'sns',
  '2011-06-15': 'sts',
  '2010-05-08': 'iam',
  '2010-05-15': 'cloudformation',
};

/** The protocol of a request, which decides the shape of an error for an unknown service. */
export type Protocol = 'json' | 'query' | 'rest';

/** Tells the protocol by the headers alone. */
export function protocolOf({ headers }: IncomingMessage): Protocol {
  if (headers['x-amz-target'] !== undefined) return 'json';
  const type = headers['content-type'] ?? '';
  return type.startsWith('application/x-www-form-urlencoded') ? 'query' : 'rest';
}

/**
 * The service of a request, by its signature or, without one, by its target or its path. `undefined`: an
 * unsigned query, where only the body tells.
 */
export function serviceOf(request: IncomingMessage): string | undefined {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return signedFor(request, url) ?? unsignedFor(request, url);
}

/** The scope of the signature, which a presigned request carries in its address. */
function signedFor({ headers }: IncomingMessage, url: URL): string | undefined {
  const presigned = url.searchParams.get('X-Amz-Credential') ?? '';
  return credential.exec(headers.authorization ?? `Credential=${presigned}`)?.[1];
}

function unsignedFor(request: IncomingMessage, { pathname }: URL): string | undefined {
  const target = request.headers['x-amz-target']?.toString().split('.')[0];
  if (target !== undefined) return targets[target] ?? target.toLowerCase();
  if (protocolOf(request) === 'query') return undefined;
  return /^\/clusters(\/|$)/.test(pathname) ? 'eks' : 's3';
}

/** The service of an unsigned query: only its body tells. */
export function serviceOfQuery(body: string): string {
  const version = new URLSearchParams(body).get('Version') ?? '';
  return versions[version] ?? `version ${version}`;
}
