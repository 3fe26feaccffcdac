import {
  type EC2Client,
  type InstanceTypeInfo,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import type { InstanceShape } from '../core/node/fleet.js';
import type { Gap } from '../core/node/gap.js';
import type { FoundShapes } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { ServiceAttempts } from './service-attempts.js';
import { Failure, listed } from './service-error.js';

/** DescribeInstanceTypes gives no more in one page. */
const PAGE_SIZE = 100;
/** Well under EC2's limit of 200 values per filter, so that a call stays small. */
const FAMILIES_PER_CALL = 50;
/** Families that one gap names before it counts the rest. A house choice. */
const MOST_NAMES = 5;

const OPERATION = 'ec2:DescribeInstanceTypes';

/** What EC2 says of its instance types. */
export class Ec2Shapes {
  constructor(
    private readonly ec2: EC2Client,
    private readonly attempts = new ServiceAttempts(),
  ) {}

  /**
   * Every size that the Region offers in the families of these types, sorted by type. Leaves out a type
   * that EC2 describes without vCPUs or memory.
   */
  async shapes(instanceTypes: readonly string[]): Promise<FoundShapes> {
    const families = [...new Set(instanceTypes.map(familyOf))].filter((family) => family !== '');
    const shapes: InstanceShape[] = [];
    const gaps: Gap[] = [];
    for (let at = 0; at < families.length; at += FAMILIES_PER_CALL) {
      await this.describe(families.slice(at, at + FAMILIES_PER_CALL), shapes, gaps);
    }
    return { shapes: shapes.sort((a, b) => (a.instanceType < b.instanceType ? -1 : 1)), gaps };
  }

  /** Asks for each half by itself where EC2 fails at all of them: one family may be to blame. */
  private async describe(
    families: readonly string[],
    shapes: InstanceShape[],
    gaps: Gap[],
  ): Promise<void> {
    const found = await this.attempts.attempt(OPERATION, () => this.ofFamilies(families));
    if (!(found instanceof Failure)) shapes.push(...(found ?? []));
    else if (found.reason === 'failed' && families.length > 1) {
      const middle = Math.ceil(families.length / 2);
      await this.describe(families.slice(0, middle), shapes, gaps);
      await this.describe(families.slice(middle), shapes, gaps);
    } else gaps.push(found.gap('instance-types', subjectOf(families)));
  }

  private async ofFamilies(families: readonly string[]): Promise<InstanceShape[]> {
    const shapes: InstanceShape[] = [];
    const pages = paginateDescribeInstanceTypes(
      { client: this.ec2, pageSize: PAGE_SIZE },
      { Filters: [{ Name: 'instance-type', Values: families.map((family) => `${family}.*`) }] },
    );
    for await (const { InstanceTypes } of pages) {
      shapes.push(...listed(InstanceTypes, 'instanceTypeSet').flatMap(toShape));
    }
    return shapes;
  }
}

/** `sizes of m5, t3`. */
function subjectOf(families: readonly string[]): string {
  const more = families.length > MOST_NAMES ? ` and ${families.length - MOST_NAMES} more` : '';
  return `sizes of ${families.slice(0, MOST_NAMES).join(', ')}${more}`;
}

/** `t3.xlarge` -> `t3`; empty if the text is not an instance type. */
function familyOf(instanceType: string): string {
  return instanceType.includes('.') ? (instanceType.split('.')[0] ?? '') : '';
}

function toShape(info: InstanceTypeInfo): InstanceShape[] {
  const { InstanceType: instanceType, Hypervisor: hypervisor } = info;
  const vcpus = info.VCpuInfo?.DefaultVCpus;
  const memoryMiB = info.MemoryInfo?.SizeInMiB;
  if (instanceType === undefined || vcpus === undefined || memoryMiB === undefined) return [];
  const tracking = info.NetworkInfo?.ConnectionTrackingConfiguration;
  return [
    present({
      instanceType,
      vcpus,
      memoryMiB,
      architecture: architectureOf(info),
      // Bare metal has no hypervisor, and EC2 then leaves the field out.
      hypervisor: hypervisor ?? ('none' as const),
      tcpEstablishedSeconds: tracking?.DefaultTcpEstablishedTimeout,
    }),
  ];
}

/** Old types list i386 beside x86_64: the best one counts. */
function architectureOf({ ProcessorInfo }: InstanceTypeInfo): InstanceShape['architecture'] {
  const supported = ProcessorInfo?.SupportedArchitectures ?? [];
  const known = (['x86_64', 'arm64', 'i386'] as const).find((name) => supported.includes(name));
  return known ?? 'other';
}
