import { REGION, type Account } from '../account.js';
import type { Input } from '../protocol/input.js';
import { ServiceError } from '../protocol/service-error.js';

/** DescribeRegions: those that the account has enabled. */
export function describeRegions(input: Input, { organization }: Account): object {
  const others = Object.keys(input).filter((name) => name !== 'AllRegions');
  if (others.length > 0 || input['AllRegions'] === 'true') {
    throw new ServiceError(
      'InvalidParameterValue',
      'the simulated account lists the Regions that are enabled, and takes no other wish',
    );
  }
  const item = (organization?.regions ?? [REGION]).map((regionName) => ({
    regionName,
    regionEndpoint: `ec2.${regionName}.amazonaws.com`,
    optInStatus: 'opt-in-not-required',
  }));
  return { regionInfo: { item } };
}
