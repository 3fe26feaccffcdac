import { isRegion } from '../configuration/regions.js';

/**
 * Addresses in the AWS console that save people a search. Their parts are checked for what AWS makes them of,
 * so an address needs no escaping wherever it is written: it holds nothing that a reader of mail or chat takes
 * for the end of it. Nothing where a part is not as it should be, or the partition's console is not known.
 *
 * AWS documents the hosts, and not the paths; these are the ones to which its consoles lead.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/getting-started-sign-in.html
 */

/** Region prefixes of partitions whose console has another host, or none that is known here. */
const hosts: readonly (readonly [prefix: string, host: string | undefined])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['us-iso', undefined],
  ['eu-iso', undefined],
  ['eusc-', undefined],
];

/** The page of an instance. */
export function instanceLink(region: string, instanceId: string): string | undefined {
  const path = `ec2/home?region=${region}#InstanceDetails:instanceId=${instanceId}`;
  return isInstance(instanceId) ? consoleLink(region, path) : undefined;
}

/** Opens a shell on an instance in the browser, for whoever may. */
export function sessionLink(region: string, instanceId: string): string | undefined {
  const path = `systems-manager/session-manager/${instanceId}?region=${region}`;
  return isInstance(instanceId) ? consoleLink(region, path) : undefined;
}

/** The same in a terminal, to copy. */
export function sessionCommand(region: string, instanceId: string): string | undefined {
  if (!isInstance(instanceId) || !isRegion(region)) return undefined;
  return `aws ssm start-session --target ${instanceId} --region ${region}`;
}

/** A dashboard of CloudWatch, by its name. */
export function dashboardLink(region: string, name: string): string | undefined {
  const path = `cloudwatch/home?region=${region}#dashboards/dashboard/${name}`;
  return /^[\w-]{1,255}$/.test(name) ? consoleLink(region, path) : undefined;
}

/** An object below an `s3://` address that ends in a slash. */
export function objectLink(region: string, location: string, key: string): string | undefined {
  const [, bucket, prefix] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{2,62})\/([\w./=-]*\/)$/.exec(location) ?? [];
  if (bucket === undefined || prefix === undefined) return undefined;
  return consoleLink(region, `s3/object/${bucket}?prefix=${prefix}${key}`);
}

function consoleLink(region: string, path: string): string | undefined {
  if (!isRegion(region)) return undefined;
  const other = hosts.find(([prefix]) => region.startsWith(prefix));
  const host = other === undefined ? 'console.aws.amazon.com' : other[1];
  return host === undefined ? undefined : `https://${region}.${host}/${path}`;
}

function isInstance(id: string): boolean {
  return /^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id);
}
