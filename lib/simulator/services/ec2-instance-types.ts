import type { InstanceShape } from '../../core/node/fleet.js';
import type { Account } from '../account.js';
import { invalidValue, text, texts, whole, type Input } from '../protocol/input.js';
import { page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';
import { readFilters, type Attributes } from './ec2-filters.js';
import { defaultTcpEstablishedSeconds } from './ec2-tcp-defaults.js';

const PAGE = { min: 5, max: 100 };
const MOST_NAMED_TYPES = 100;

/** DescribeInstanceTypes, with the members of an answer that a limit or a resize depends on. */
export function describeInstanceTypes(input: Input, account: Account): object {
  const accept = readFilters(input);
  const wanted = named(texts(input, 'InstanceType', invalidValue), account.shapes).filter((shape) =>
    accept(attributesOf(shape)),
  );
  const size = whole(input, 'MaxResults', PAGE, invalidValue) ?? PAGE.max;
  const token = text(input, 'NextToken', invalidValue);
  const found = page(wanted, size, token, () => invalidValue('Invalid value for nextToken'));
  return { instanceTypeSet: { item: found.items.map(describe) }, nextToken: found.nextToken };
}

function named(types: readonly string[], shapes: readonly InstanceShape[]): InstanceShape[] {
  if (types.length > MOST_NAMED_TYPES) {
    throw invalidValue(`The maximum number of instance types is ${MOST_NAMED_TYPES}`);
  }
  const unknown = types.filter((type) => !shapes.some(({ instanceType }) => instanceType === type));
  if (unknown.length > 0) {
    throw new ServiceError(
      'InvalidInstanceType',
      `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
    );
  }
  return shapes.filter(({ instanceType }) => types.length === 0 || types.includes(instanceType));
}

function attributesOf({
  instanceType,
  hypervisor,
  architecture,
  vcpus,
}: InstanceShape): Attributes {
  const attributes: Readonly<Record<string, readonly string[]>> = {
    'instance-type': [instanceType],
    'processor-info.supported-architecture': [architecture],
    'vcpu-info.default-vcpus': [String(vcpus)],
    hypervisor: hypervisor === 'none' ? [] : [hypervisor],
  };
  return (filter) => (Object.hasOwn(attributes, filter) ? attributes[filter] : undefined);
}

function describe(shape: InstanceShape): object {
  const idle = shape.tcpEstablishedSeconds ?? defaultTcpEstablishedSeconds(shape.instanceType);
  return {
    instanceType: shape.instanceType,
    currentGeneration: true,
    bareMetal: shape.hypervisor === 'none',
    ...(shape.hypervisor === 'none' ? {} : { hypervisor: shape.hypervisor }),
    processorInfo: { supportedArchitectures: { item: [shape.architecture] } },
    vCpuInfo: { defaultVCpus: shape.vcpus },
    memoryInfo: { sizeInMiB: shape.memoryMiB },
    networkInfo:
      idle === undefined
        ? {}
        : { connectionTrackingConfiguration: { defaultTcpEstablishedTimeout: idle } },
  };
}
