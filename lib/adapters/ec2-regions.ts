import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { listed, needed } from './service-error.js';

/** The Regions that the account of the caller has enabled, by name. */
export async function enabledRegions(ec2: EC2Client): Promise<string[]> {
  const answer = ec2.send(new DescribeRegionsCommand({}));
  const { Regions } = await needed('ec2:DescribeRegions', 'of this account', answer);
  return listed(Regions, 'Regions')
    .flatMap(({ RegionName }) => RegionName ?? [])
    .sort();
}
