/** Seconds that EC2 keeps idle TCP by default: on Nitro v6, and on every other type. */
const SECONDS = { nitroV6: 350, other: 432_000 } as const;

/**
 * Families on Nitro v6, by EC2's tables of instance families. Not the whole eighth generation is:
 * m8g, c8g, r8g, x8g and i8g are Nitro v5.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
 */
const nitroV6 = new Set([
  ...['c8a', 'c8gb', 'c8gn', 'c8i', 'c8i-flex', 'c8ib', 'c8id', 'c8in', 'c8ine'],
  ...['m8a', 'm8azn', 'm8gb', 'm8gn', 'm8i', 'm8i-flex', 'm8ib', 'm8id', 'm8idb', 'm8idn'],
  ...['m8in', 'm8ine', 'm9g', 'm9gd'],
  ...['r8a', 'r8gb', 'r8gn', 'r8i', 'r8i-flex', 'r8ib', 'r8id', 'r8idb', 'r8idn', 'r8in'],
  ...['hpc8a', 'i8ge', 'p6-b200', 'x8aedz', 'x8i'],
]);

/** Families without a version in any table at hand. */
const unknown = new Set(['g7e', 'p6-b300']);

/**
 * What DescribeInstanceTypes gives for a type. Nothing if the version of its Nitro system is unknown.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ConnectionTrackingConfiguration.html
 */
export function defaultTcpEstablishedSeconds(instanceType: string): number | undefined {
  const family = instanceType.split('.')[0] ?? '';
  if (unknown.has(family)) return undefined;
  return nitroV6.has(family) ? SECONDS.nitroV6 : SECONDS.other;
}
