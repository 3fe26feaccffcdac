import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
});
afterAll(() => simulator.stop());

const form = 'application/x-www-form-urlencoded';
const json = 'application/x-amz-json-1.1';

function signedFor(service: string) {
  const scope = `test/20261123/us-east-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
}

async function call(path: string, init: RequestInit) {
  const response = await fetch(`${simulator.endpoint}${path}`, init);
  const type = response.headers.get('content-type') ?? '';
  const errorType = response.headers.get('x-amzn-errortype');
  return { status: response.status, type, errorType, body: await response.text() };
}

function post(headers: Record<string, string>, body: string) {
  return call('/', { method: 'POST', headers, body });
}

describe('the front of the simulated account', () => {
  it('answers an operation of EC2 that it does not have as EC2 does', async () => {
    const body = 'Action=RunInstances&Version=2016-11-15';
    expect(await post({ 'content-type': form, ...signedFor('ec2') }, body)).toMatchObject({
      status: 400,
      type: 'text/xml;charset=UTF-8',
      body: expect.stringMatching(/<Response><Errors><Error><Code>InvalidAction<\/Code>/) as string,
    });
  });

  it('answers an unknown query service in the shape of the query protocol', async () => {
    const body = 'Action=ListUsers&Version=2010-05-08';
    expect(await post({ 'content-type': form, ...signedFor('iam') }, body)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/<ErrorResponse><Error>.*<Code>InvalidAction<\/Code>/) as string,
    });
  });

  it.each([
    { what: 'operation', service: 'ssm', target: 'AmazonSSM.ListDocuments' },
    { what: 'service', service: 'dynamodb', target: 'DynamoDB_20120810.ListTables' },
    { what: 'operation by the name of a method', service: 'ssm', target: 'AmazonSSM.toString' },
  ])('answers an unknown $what in JSON', async ({ service, target }) => {
    const headers = { 'content-type': json, 'x-amz-target': target, ...signedFor(service) };
    const answer = await post(headers, '{}');
    expect(answer).toMatchObject({ status: 400, errorType: 'UnknownOperationException' });
    expect(JSON.parse(answer.body)).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it('answers an unknown path of a REST service in JSON', async () => {
    const answer = await call('/clusters/a/b/c/d', { headers: signedFor('eks') });
    expect(answer).toMatchObject({ status: 404, errorType: 'UnknownOperationException' });
    const unknown = await call('/2015-03-31/functions', { headers: signedFor('lambda') });
    expect(unknown).toMatchObject({ status: 400, errorType: 'UnknownOperationException' });
  });

  it('takes requests that nobody signed by their target, version or path', async () => {
    const target = 'AmazonSSM.DescribeInstanceInformation';
    const ssm = await post({ 'content-type': json, 'x-amz-target': target }, '{}');
    expect(ssm.body).toBe('{"InstanceInformationList":[]}');
    const ec2 = await post({ 'content-type': form }, 'Action=DescribeInstances&Version=2016-11-15');
    expect(ec2.body).toContain('<DescribeInstancesResponse');
    expect((await call('/clusters', {})).body).toBe('{"clusters":["test"]}');
    expect((await call('/', {})).body).toContain('ListAllMyBucketsResult');
  });

  it('knows who calls', async () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const answer = await post({ 'content-type': form, ...signedFor('sts') }, body);
    expect(answer.body).toContain('<Account>000000000000</Account>');
  });

  it.each(['{', '[]', 'null'])('refuses the JSON body %s', async (body) => {
    const target = 'AmazonSSM.ListCommands';
    const headers = { 'content-type': json, 'x-amz-target': target, ...signedFor('ssm') };
    expect(await post(headers, body)).toMatchObject({
      status: 400,
      errorType: 'SerializationException',
    });
  });

  it('refuses a body that is larger than any call needs', async () => {
    const target = 'AmazonSSM.ListCommands';
    const headers = { 'content-type': json, 'x-amz-target': target, ...signedFor('ssm') };
    expect(await post(headers, ' '.repeat(4 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
      errorType: 'RequestEntityTooLarge',
    });
  });
});
