import {
  type EC2Client,
  type InstanceTypeInfo,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import type { InstanceShape } from '../core/node/fleet.js';
import { present } from '../core/text/present.js';

/** DescribeInstanceTypes gives no more in one page. */
const PAGE_SIZE = 100;
/** Well under EC2's limit of 200 values per filter, so that a call stays small. */
const FAMILIES_PER_CALL = 50;

/** What EC2 says of its instance types. */
export class Ec2Shapes {
  constructor(private readonly ec2: EC2Client) {}

  /**
   * Every size that the Region offers in the families of these types, sorted by type. Leaves out a type
   * that EC2 describes without vCPUs or memory.
   */
  async shapes(instanceTypes: readonly string[]): Promise<InstanceShape[]> {
    const families = [...new Set(instanceTypes.map(familyOf))].filter((family) => family !== '');
    const shapes: InstanceShape[] = [];
    for (let at = 0; at < families.length; at += FAMILIES_PER_CALL) {
      shapes.push(...(await this.ofFamilies(families.slice(at, at + FAMILIES_PER_CALL))));
    }
    return shapes.sort((a, b) => (a.instanceType < b.instanceType ? -1 : 1));
  }

  private async ofFamilies(families: readonly string[]): Promise<InstanceShape[]> {
    const shapes: InstanceShape[] = [];
    const pages = paginateDescribeInstanceTypes(
      { client: this.ec2, pageSize: PAGE_SIZE },
      { Filters: [{ Name: 'instance-type', Values: families.map((family) => `${family}.*`) }] },
    );
    for await (const page of pages) shapes.push(...(page.InstanceTypes ?? []).flatMap(toShape));
    return shapes;
  }
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
