import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListClustersCommand } from '@aws-sdk/client-eks';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awsClients } from '../../lib/adapters/aws-clients.js';
import { securityHubClient } from '../../lib/adapters/security-hub-client.js';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('awsClients', () => {
  let server: Server;
  let endpoint: string;
  let seen: IncomingMessage[];

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      request.resume();
      response.setHeader('content-type', 'application/json').end('{"clusters":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says in its user agent which program calls', async () => {
    const clients = awsClients({ version: '1.2.3', region: 'eu-west-1', endpoint, credentials });
    await clients.eks.send(new ListClustersCommand({}));
    clients.destroy();

    expect(seen[0]?.headers['user-agent']).toContain('conntrack-auditor/1.2.3');
    expect(seen[0]?.headers.authorization).toContain('/eu-west-1/eks/');
  });

  it('keeps the bucket in the path when an endpoint is given', async () => {
    const local = endpoint.replace('127.0.0.1', 'localhost');
    const clients = awsClients({ version: '0', region: 'eu-west-1', endpoint: local, credentials });
    expect(clients.s3.config.forcePathStyle).toBe(true);
    await clients.s3.send(new PutObjectCommand({ Bucket: 'shelf', Key: 'a.json', Body: '{}' }));
    clients.destroy();

    expect(seen[0]?.url).toMatch(/^\/shelf\/a\.json/);
  });

  it('keeps the bucket in the path of localhost when AWS_ENDPOINT_URL names it', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint.replace('127.0.0.1', 'localhost'));
    const clients = awsClients({ version: '0', region: 'eu-west-1', credentials });
    await clients.s3.send(new PutObjectCommand({ Bucket: 'shelf', Key: 'a.json', Body: '{}' }));
    clients.destroy();

    expect(seen[0]?.url).toMatch(/^\/shelf\/a\.json/);
  });

  it.each([
    [{}, false],
    [{ AWS_ENDPOINT_URL: 'http://localhost:4566' }, true],
    [{ AWS_ENDPOINT_URL_S3: 'https://minio.example.com' }, true],
    [{ AWS_ENDPOINT_URL: 'https://amazonaws.com.example.com' }, true],
    [{ AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com' }, false],
    [{ AWS_ENDPOINT_URL: 'https://vpce-1.s3.cn-north-1.vpce.amazonaws.com.cn' }, false],
    [
      {
        AWS_ENDPOINT_URL: 'http://localhost:4566',
        AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com',
      },
      false,
    ],
    [
      {
        AWS_ENDPOINT_URL: 'http://localhost:4566',
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      },
      false,
    ],
  ])('of %j has the bucket in the path: %s', (environment, wanted) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { s3 } = awsClients({ version: '0', region: 'eu-west-1', credentials });
    expect(s3.config.forcePathStyle).toBe(wanted);
  });

  it('leaves the address to the SDK otherwise, which honours AWS_ENDPOINT_URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_REGION', 'ap-south-1');
    const clients = awsClients({ version: '0' });
    await clients.eks.send(new ListClustersCommand({}));

    expect(seen).toHaveLength(1);
    expect(await clients.region()).toBe('ap-south-1');
    clients.destroy();
  });

  it('tries eight times at most in every client, and slows down by the SDK or by its own pace', async () => {
    const options = { version: '0', region: 'eu-west-1' };
    const { ec2, eks, eventBridge, iam, s3, sns, ssm, sts } = awsClients(options);
    const securityHub = securityHubClient(options);
    for (const { config } of [ec2, eks, eventBridge, iam, s3, securityHub, sns, ssm, sts]) {
      expect(await config.maxAttempts()).toBe(8);
    }
    for (const { config } of [eventBridge, iam, s3, securityHub, sns, sts]) {
      expect(config.retryMode).toBe('adaptive');
    }
    for (const { config, middlewareStack } of [ec2, eks, ssm]) {
      expect(config.retryMode).toBe('standard');
      expect(middlewareStack.identify().join()).toContain('waitForTurn');
    }
  });
});
