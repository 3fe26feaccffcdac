import {
  DescribeInstanceTypesCommand,
  paginateDescribeInstanceTypes,
  type _InstanceType,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledShapes } from '../../../lib/core/limit/instance-shapes.js';
import { startSimulator, type Simulator } from '../../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../../support/a-simulated-node.js';
import { clientConfig } from '../../support/simulated-account.js';

let simulator: Simulator;
let ec2: EC2Client;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  ec2 = new EC2Client(clientConfig(simulator));
});
afterAll(() => simulator.stop());

async function types(...names: string[]) {
  const InstanceTypes = names as _InstanceType[];
  const answer = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes }));
  return answer.InstanceTypes ?? [];
}

describe('DescribeInstanceTypes of the simulated account', () => {
  it('gives the sizes that EC2 sells', async () => {
    expect(await types('t3.xlarge')).toMatchObject([
      {
        InstanceType: 't3.xlarge',
        VCpuInfo: { DefaultVCpus: 4 },
        MemoryInfo: { SizeInMiB: 16_384 },
        ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
        Hypervisor: 'nitro',
      },
    ]);
    expect((await types('t2.medium')).map(({ Hypervisor }) => Hypervisor)).toEqual(['xen']);
  });

  it.each([
    { type: 'm8i.large', seconds: 350 },
    { type: 'c8gn.large', seconds: 350 },
    { type: 'm8g.large', seconds: 432_000 },
    { type: 'm5.large', seconds: 432_000 },
    { type: 'g7e.2xlarge', seconds: undefined },
  ])('keeps idle TCP $seconds s by default on $type', async ({ type, seconds }) => {
    const [found] = await types(type);
    const tracking = found?.NetworkInfo?.ConnectionTrackingConfiguration;
    expect(found?.InstanceType).toBe(type);
    expect(tracking?.DefaultTcpEstablishedTimeout).toBe(seconds);
  });

  it('finds a whole family by a wildcard', async () => {
    const Filters = [{ Name: 'instance-type', Values: ['t3.*'] }];
    const { InstanceTypes = [] } = await ec2.send(new DescribeInstanceTypesCommand({ Filters }));
    expect(InstanceTypes.map(({ InstanceType }) => InstanceType)).toEqual(
      expect.arrayContaining(['t3.nano', 't3.2xlarge']),
    );
    expect(InstanceTypes.every(({ InstanceType }) => InstanceType?.startsWith('t3.'))).toBe(true);
  });

  it('gives all types in pages of 100', async () => {
    const sizes: number[] = [];
    for await (const page of paginateDescribeInstanceTypes({ client: ec2 }, {})) {
      sizes.push(page.InstanceTypes?.length ?? 0);
    }
    expect(sizes[0]).toBe(100);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(bundledShapes.length);
  });

  it('takes 100 names and no more', async () => {
    const names = bundledShapes.map(({ instanceType }) => instanceType);
    expect(await types(...names.slice(0, 100))).toHaveLength(100);
    await expect(types(...names.slice(0, 101))).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    });
  });

  it.each([4, 101])('refuses a page size of %i', async (MaxResults) => {
    const command = new DescribeInstanceTypesCommand({ MaxResults });
    await expect(ec2.send(command)).rejects.toMatchObject({ Code: 'InvalidParameterValue' });
  });

  it('names the types that do not exist', async () => {
    await expect(types('t3.large', 'z99.large')).rejects.toMatchObject({
      Code: 'InvalidInstanceType',
      message: 'The following supplied instance types do not exist: [z99.large]',
    });
  });
});
