import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  EC2Client,
  paginateDescribeInstanceTypes,
  type InstanceTypeInfo,
} from '@aws-sdk/client-ec2';
import type { InstanceShape } from '../lib/core/node/fleet.js';

const { values } = parseArgs({
  options: {
    /** Any EC2 API: a local stand-in, or absent for the real one of the Region. */
    endpoint: { type: 'string' },
    region: { type: 'string', default: 'us-east-1' },
    /** Where the answers came from, in words for whoever reads the file. */
    source: { type: 'string' },
    out: { type: 'string', default: 'lib/core/limit/instance-shapes.json' },
  },
});

/** A type that runs both 32 and 64 bits counts as 64-bit, as all EKS nodes are. */
function architectureOf(info: InstanceTypeInfo): InstanceShape['architecture'] {
  const supported: readonly string[] = info.ProcessorInfo?.SupportedArchitectures ?? [];
  return (['x86_64', 'arm64', 'i386'] as const).find((one) => supported.includes(one)) ?? 'other';
}

function shapeOf(info: InstanceTypeInfo): InstanceShape {
  const vcpus = info.VCpuInfo?.DefaultVCpus;
  const memoryMiB = info.MemoryInfo?.SizeInMiB;
  if (info.InstanceType === undefined || vcpus === undefined || memoryMiB === undefined)
    throw new Error(`an instance type without name, vCPUs or memory: ${JSON.stringify(info)}`);
  return {
    instanceType: info.InstanceType,
    vcpus,
    memoryMiB,
    architecture: architectureOf(info),
    hypervisor: info.BareMetal === true ? 'none' : (info.Hypervisor ?? 'none'),
  };
}

const client = new EC2Client({
  region: values.region,
  ...(values.endpoint === undefined ? {} : { endpoint: values.endpoint }),
});
const shapes: InstanceShape[] = [];
for await (const page of paginateDescribeInstanceTypes({ client }, {}))
  shapes.push(...(page.InstanceTypes ?? []).map(shapeOf));
if (shapes.length === 0) throw new Error('the endpoint knows no instance types');

// By code unit, not by locale, so that every machine writes the same file.
shapes.sort((one, other) => (one.instanceType < other.instanceType ? -1 : 1));
const head = {
  generatedOn: new Date().toISOString().slice(0, 10),
  source: values.source ?? `DescribeInstanceTypes of ${values.endpoint ?? values.region}`,
  count: shapes.length,
};
const lines = shapes.map((shape) => `    ${JSON.stringify(shape)}`).join(',\n');
writeFileSync(
  values.out,
  `{\n${Object.entries(head)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
    .join('')}  "shapes": [\n${lines}\n  ]\n}\n`,
);
