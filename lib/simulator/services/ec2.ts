import { ec2Query } from '../protocol/ec2-query.js';
import { describeInstanceTypes } from './ec2-instance-types.js';
import { describeInstances } from './ec2-instances.js';
import { describeRegions } from './ec2-regions.js';

/** The Amazon EC2 of the account: Regions, instances and instance types, to be read. */
export const ec2 = ec2Query({
  DescribeInstances: describeInstances,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeRegions: describeRegions,
});
