import {
  type _InstanceType,
  DescribeInstanceTypesCommand,
  type DescribeInstanceTypesCommandInput as DescribeInstanceTypesInput,
  EC2Client,
  type InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Shapes } from '../../lib/adapters/ec2-shapes.js';

const ec2 = mockClient(EC2Client);
const found = (...types: string[]) =>
  new Ec2Shapes(new EC2Client({ region: 'eu-west-1' })).shapes(types);
const shapesOf = async (...types: string[]) => (await found(...types)).shapes;
const asked = () =>
  ec2
    .commandCalls(DescribeInstanceTypesCommand)
    .map((call) => call.args[0].input.Filters?.[0]?.Values);

function aType(InstanceType: _InstanceType, rest: Partial<InstanceTypeInfo> = {}) {
  return {
    InstanceType,
    VCpuInfo: { DefaultVCpus: 2 },
    MemoryInfo: { SizeInMiB: 4096 },
    Hypervisor: 'nitro',
    ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    ...rest,
  } satisfies InstanceTypeInfo;
}

beforeEach(() => {
  ec2.reset();
  ec2.on(DescribeInstanceTypesCommand).resolves({ InstanceTypes: [] });
});

describe('Ec2Shapes', () => {
  it('asks for every size of each family once', async () => {
    await shapesOf('t3.large', 't3.medium', 'm7g.metal', 'unknown');
    expect(asked()).toEqual([['t3.*', 'm7g.*']]);
    expect(ec2.commandCalls(DescribeInstanceTypesCommand)[0]?.args[0].input).toMatchObject({
      MaxResults: 100,
    });
  });

  it('asks nothing when no type is in use', async () => {
    expect(await shapesOf()).toEqual([]);
    expect(ec2.calls()).toHaveLength(0);
  });

  it.each([
    [50, [50]],
    [51, [50, 1]],
  ])('asks for %s families in calls of %j', async (count, sizes) => {
    await shapesOf(...Array.from({ length: count }, (_, at) => `f${at}.large`));
    expect(asked().map((values) => values?.length)).toEqual(sizes);
  });

  it('follows the pages and sorts by type', async () => {
    ec2
      .on(DescribeInstanceTypesCommand)
      .resolves({ InstanceTypes: [aType('t3.xlarge')], NextToken: 'more' });
    ec2
      .on(DescribeInstanceTypesCommand, { NextToken: 'more' })
      .resolves({ InstanceTypes: [aType('t3.large')] });
    expect(await shapesOf('t3.large')).toEqual([
      { ...shape, instanceType: 't3.large' },
      { ...shape, instanceType: 't3.xlarge' },
    ]);
  });

  it.each([
    [['i386', 'x86_64'], 'x86_64'],
    [['arm64'], 'arm64'],
    [['i386'], 'i386'],
    [['x86_64_mac'], 'other'],
    [[], 'other'],
  ] as const)('calls the architectures %j %s', async (supported, architecture) => {
    ec2.on(DescribeInstanceTypesCommand).resolves({
      InstanceTypes: [
        aType('t3.large', { ProcessorInfo: { SupportedArchitectures: [...supported] } }),
      ],
    });
    expect((await shapesOf('t3.large'))[0]?.architecture).toBe(architecture);
  });

  it('knows bare metal, Xen and Nitro apart', async () => {
    const metal = { ...aType('m7g.metal'), Hypervisor: undefined };
    ec2.on(DescribeInstanceTypesCommand).resolves({
      InstanceTypes: [metal, aType('t2.large', { Hypervisor: 'xen' }), aType('t3.large')],
    });
    const hypervisors = (await shapesOf('t3.large')).map(({ hypervisor }) => hypervisor);
    expect(hypervisors).toEqual(['none', 'xen', 'nitro']);
  });

  it.each([350, 432_000])('tells that idle TCP is kept %i s where EC2 says so', async (seconds) => {
    const tracking = { DefaultTcpEstablishedTimeout: seconds, DefaultUdpTimeout: 30 };
    const NetworkInfo = { ConnectionTrackingConfiguration: tracking };
    ec2
      .on(DescribeInstanceTypesCommand)
      .resolves({ InstanceTypes: [aType('m8i.large', { NetworkInfo })] });
    expect(await shapesOf('m8i.large')).toEqual([
      { ...shape, instanceType: 'm8i.large', tcpEstablishedSeconds: seconds },
    ]);
  });

  it('leaves out a type that EC2 does not describe whole', async () => {
    ec2.on(DescribeInstanceTypesCommand).resolves({
      InstanceTypes: [aType('t3.large', { MemoryInfo: {} }), aType('t3.small', { VCpuInfo: {} })],
    });
    expect(await shapesOf('t3.large')).toEqual([]);
  });
});

const shape = { vcpus: 2, memoryMiB: 4096, architecture: 'x86_64', hypervisor: 'nitro' };

describe('families that EC2 would not describe', () => {
  it('are told, and the others are described', async () => {
    ec2.on(DescribeInstanceTypesCommand).callsFake(({ Filters }: DescribeInstanceTypesInput) => {
      if (Filters?.[0]?.Values?.includes('odd.*') === true) throw new Error('no such type');
      return { InstanceTypes: [aType('t3.large')] };
    });
    const { shapes, gaps } = await found('odd.large', 'm5.large', 't3.large');
    expect(shapes.map(({ instanceType }) => instanceType)).toContain('t3.large');
    expect(gaps).toEqual([
      {
        about: 'instance-types',
        subject: 'sizes of odd',
        operation: 'ec2:DescribeInstanceTypes',
        reason: 'failed',
        detail: 'no such type',
      },
    ]);
  });

  it('are not asked for one by one where the role may not ask', async () => {
    const error = Object.assign(new Error('no'), { name: 'UnauthorizedOperation' });
    ec2.on(DescribeInstanceTypesCommand).rejects(error);
    const types = ['a', 'b', 'c', 'd', 'e', 'f'].map((family) => `${family}.large`);
    expect((await found(...types)).gaps?.map(({ subject }) => subject)).toEqual([
      'sizes of a, b, c, d, e and 1 more',
    ]);
    expect(asked()).toHaveLength(1);
  });
});
