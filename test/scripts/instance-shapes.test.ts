import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const type = (name: string, architecture: string, rest: string) => `<item>
  <instanceType>${name}</instanceType><vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo>
  <memoryInfo><sizeInMiB>4096</sizeInMiB></memoryInfo>${rest}
  <processorInfo><supportedArchitectures>${architecture}</supportedArchitectures></processorInfo>
</item>`;
const item = (text: string) => `<item>${text}</item>`;

/** Two pages, out of order, as EC2 words them. */
const pages: Readonly<Record<'first' | 'second', string>> = {
  first: `<instanceTypeSet>
    ${type('t2.medium', item('i386') + item('x86_64'), '<hypervisor>xen</hypervisor>')}
    ${type('a1.metal', item('arm64'), '<bareMetal>true</bareMetal>')}
  </instanceTypeSet><nextToken>more</nextToken>`,
  second: `<instanceTypeSet>
    ${type('mac1.metal', item('x86_64_mac'), '<bareMetal>true</bareMetal>')}
    ${type('m5.large', item('x86_64'), '<hypervisor>nitro</hypervisor>')}
  </instanceTypeSet>`,
};

describe('instance-shapes', () => {
  let server: Server;
  const out = join(mkdtempSync(join(tmpdir(), 'instance-shapes-')), 'shapes.json');

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const page = body.includes('NextToken=more') ? pages.second : pages.first;
        response.setHeader('content-type', 'text/xml');
        response.end(`<DescribeInstanceTypesResponse>${page}</DescribeInstanceTypesResponse>`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await promisify(execFile)(
      process.execPath,
      [
        '--import',
        'tsx',
        'scripts/instance-shapes.ts',
        '--endpoint',
        `http://127.0.0.1:${port}`,
      ].concat(['--out', out, '--source', 'a test']),
      { env: { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } },
    );
  });
  afterAll(() => server.close());

  it('writes every page, sorted, one type per line', () => {
    expect(readFileSync(out, 'utf8').split('\n').slice(2)).toEqual([
      '  "source": "a test",',
      '  "count": 4,',
      '  "shapes": [',
      '    {"instanceType":"a1.metal","vcpus":2,"memoryMiB":4096,"architecture":"arm64","hypervisor":"none"},',
      '    {"instanceType":"m5.large","vcpus":2,"memoryMiB":4096,"architecture":"x86_64","hypervisor":"nitro"},',
      '    {"instanceType":"mac1.metal","vcpus":2,"memoryMiB":4096,"architecture":"other","hypervisor":"none"},',
      '    {"instanceType":"t2.medium","vcpus":2,"memoryMiB":4096,"architecture":"x86_64","hypervisor":"xen"}',
      '  ]',
      '}',
      '',
    ]);
  });
});
