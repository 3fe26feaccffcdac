import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it, onTestFinished } from 'vitest';
import { ConntrackAuditorStack } from '../../lib/conntrack-auditor-stack.js';
import { cdkContext, handlerDirectory } from '../support/synth-auditor.js';

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:auditor:live';

/** The command of the output `AuditNow`, with the function as a deployment would name it. */
function auditNow(): string {
  const app = new App({ context: cdkContext });
  const stack = new ConntrackAuditorStack(app, 'Test', { handlerDirectory });
  const value: unknown = Template.fromStack(stack).findOutputs('AuditNow')['AuditNow']?.['Value'];
  const [, parts] = (value as { 'Fn::Join': [string, (string | object)[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : FUNCTION)).join('');
}

it('the command that audits now sends an empty object, and does not wait', async () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const lambda = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ request, body });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => lambda.close(resolve));
  });
  await promisify(execFile)('sh', ['-c', auditNow()], {
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  expect(seen).toHaveLength(1);
  const [{ request, body } = { request: undefined, body: '' }] = seen;
  expect(decodeURIComponent(request?.url ?? '')).toContain(FUNCTION);
  expect(request?.headers['x-amz-invocation-type']).toBe('Event');
  expect(JSON.parse(body)).toEqual({});
}, 60_000);
