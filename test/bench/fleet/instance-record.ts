import type { Placed } from './layout.js';

/** The VPC CNI's interfaces of one node, and the addresses on each: as many as make a record of 10 KB. */
const INTERFACES = 3;
const ADDRESSES = 10;

const OWNER = '000000000000';
const GROUPS =
  '<groupSet><item><groupId>sg-0a1b2c3d4e5f60718</groupId><groupName>eks-cluster-sg-shop-1234567890</groupName></item><item><groupId>sg-08192a3b4c5d6e7f0</groupId><groupName>shop-workers-20260401120000000000000001</groupName></item></groupSet>';

/**
 * The record of one instance in an answer of DescribeInstances: every member that EC2 gives for a running node of a
 * managed node group.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html
 */
export function instanceRecord(node: Placed, instanceType: string): string {
  const { instanceId, at } = node;
  const launched = '<launchTime>2026-11-20T08:00:00.000Z</launchTime>';
  return `<item><reservationId>${instanceId.replace('i-', 'r-')}</reservationId><ownerId>${OWNER}</ownerId><requesterId>940372691376</requesterId><groupSet/><instancesSet><item><instanceId>${instanceId}</instanceId><imageId>ami-0c1d2e3f405162738</imageId><instanceState><code>16</code><name>running</name></instanceState><privateDnsName>${host(at, 0)}</privateDnsName><dnsName/><reason/><amiLaunchIndex>0</amiLaunchIndex><productCodes/><instanceType>${instanceType}</instanceType>${launched}<placement><availabilityZone>us-east-1${'abc'[at % 3] ?? 'a'}</availabilityZone><availabilityZoneId>use1-az${(at % 3) + 1}</availabilityZoneId><groupName/><tenancy>default</tenancy></placement><monitoring><state>disabled</state></monitoring><subnetId>subnet-0123456789abcdef0</subnetId><vpcId>vpc-0123456789abcdef0</vpcId><privateIpAddress>${address(at, 0)}</privateIpAddress><sourceDestCheck>true</sourceDestCheck>${GROUPS}<architecture>x86_64</architecture><rootDeviceType>ebs</rootDeviceType><rootDeviceName>/dev/xvda</rootDeviceName>${DISKS}<virtualizationType>hvm</virtualizationType><clientToken>fleet-${instanceId}</clientToken>${tagSet(node)}<hypervisor>xen</hypervisor>${interfaces(instanceId, at)}<iamInstanceProfile><arn>arn:aws:iam::${OWNER}:instance-profile/eks-${instanceId.slice(2)}</arn><id>AIPAEXAMPLEEXAMPLE</id></iamInstanceProfile><ebsOptimized>false</ebsOptimized><enaSupport>true</enaSupport>${REST}</item></instancesSet></item>`;
}

const DISKS =
  '<blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-0123456789abcdef0</volumeId><status>attached</status><attachTime>2026-11-20T08:00:01.000Z</attachTime><deleteOnTermination>true</deleteOnTermination><ebsCardIndex>0</ebsCardIndex></ebs></item></blockDeviceMapping>';
const REST =
  '<capacityReservationSpecification><capacityReservationPreference>open</capacityReservationPreference></capacityReservationSpecification><hibernationOptions><configured>false</configured></hibernationOptions><enclaveOptions><enabled>false</enabled></enclaveOptions><metadataOptions><state>applied</state><httpTokens>required</httpTokens><httpPutResponseHopLimit>2</httpPutResponseHopLimit><httpEndpoint>enabled</httpEndpoint><httpProtocolIpv4>enabled</httpProtocolIpv4><httpProtocolIpv6>disabled</httpProtocolIpv6><instanceMetadataTags>disabled</instanceMetadataTags></metadataOptions><maintenanceOptions><autoRecovery>default</autoRecovery><rebootMigration>default</rebootMigration></maintenanceOptions><currentInstanceBootMode>legacy-bios</currentInstanceBootMode><platformDetails>Linux/UNIX</platformDetails><usageOperation>RunInstances</usageOperation><usageOperationUpdateTime>2026-11-20T08:00:00.000Z</usageOperationUpdateTime><privateDnsNameOptions><hostnameType>ip-name</hostnameType><enableResourceNameDnsARecord>false</enableResourceNameDnsARecord><enableResourceNameDnsAAAARecord>false</enableResourceNameDnsAAAARecord></privateDnsNameOptions><operator><managed>false</managed></operator>';

/** The tags of a node of a managed node group. */
export function tagsOf({ cluster, group }: Placed): Readonly<Record<string, string>> {
  return {
    'aws:eks:cluster-name': cluster,
    'eks:cluster-name': cluster,
    'eks:nodegroup-name': group,
    [`kubernetes.io/cluster/${cluster}`]: 'owned',
    [`k8s.io/cluster-autoscaler/${cluster}`]: 'owned',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    'aws:autoscaling:groupName': `eks-${group}-${cluster}`,
    'aws:ec2launchtemplate:id': 'lt-0123456789abcdef0',
    'aws:ec2launchtemplate:version': '7',
    Name: `${cluster}-${group}`,
    team: 'payments',
    environment: 'production',
    'cost-center': '4711',
  };
}

function tagSet(node: Placed): string {
  const items = Object.entries(tagsOf(node)).map(
    ([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`,
  );
  return `<tagSet>${items.join('')}</tagSet>`;
}

function interfaces(instanceId: string, at: number): string {
  const items = Array.from({ length: INTERFACES }, (_, index) => {
    const id = `eni-0${index}${instanceId.slice(4)}`;
    const description = index === 0 ? '' : `aws-K8S-${instanceId}`;
    return `<item><networkInterfaceId>${id}</networkInterfaceId><subnetId>subnet-0123456789abcdef0</subnetId><vpcId>vpc-0123456789abcdef0</vpcId><description>${description}</description><ownerId>${OWNER}</ownerId><status>in-use</status><macAddress>0a:58:a9:fe:${byte(at)}:0${index}</macAddress><privateIpAddress>${address(at, index * ADDRESSES)}</privateIpAddress><privateDnsName>${host(at, index * ADDRESSES)}</privateDnsName><sourceDestCheck>true</sourceDestCheck>${GROUPS}<attachment><attachmentId>eni-attach-0${index}${instanceId.slice(4)}</attachmentId><deviceIndex>${index}</deviceIndex><status>attached</status><attachTime>2026-11-20T08:00:00.000Z</attachTime><deleteOnTermination>true</deleteOnTermination><networkCardIndex>0</networkCardIndex></attachment><privateIpAddressesSet>${addresses(at, index)}</privateIpAddressesSet><ipv6AddressesSet/><interfaceType>interface</interfaceType></item>`;
  });
  return `<networkInterfaceSet>${items.join('')}</networkInterfaceSet>`;
}

function addresses(at: number, index: number): string {
  return Array.from({ length: ADDRESSES }, (_, nth) => {
    const number = index * ADDRESSES + nth;
    return `<item><privateIpAddress>${address(at, number)}</privateIpAddress><privateDnsName>${host(at, number)}</privateDnsName><primary>${nth === 0}</primary></item>`;
  }).join('');
}

function address(at: number, nth: number): string {
  return `10.${Math.floor(at / 250) % 250}.${at % 250}.${nth + 4}`;
}

function host(at: number, nth: number): string {
  return `ip-${address(at, nth).replaceAll('.', '-')}.ec2.internal`;
}

function byte(at: number): string {
  return (at % 256).toString(16).padStart(2, '0');
}
