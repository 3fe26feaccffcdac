import { near } from '../text/near.js';

/**
 * The Regions of every partition. A newer one may exist: a name that is not here is only doubted once nobody answers
 * for it. A test holds the list to the SDK's own.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const regions: readonly string[] = [
  ...regionsOf('af', 'south-1'),
  ...regionsOf('ap', 'east-1 east-2 northeast-1 northeast-2 northeast-3 south-1 south-2'),
  ...regionsOf('ap', 'southeast-1 southeast-2 southeast-3 southeast-4 southeast-5 southeast-6'),
  ...regionsOf('ap', 'southeast-7'),
  ...regionsOf('ca', 'central-1 west-1'),
  ...regionsOf('eu', 'central-1 central-2 north-1 south-1 south-2 west-1 west-2 west-3'),
  ...regionsOf('il', 'central-1'),
  ...regionsOf('me', 'central-1 south-1 west-1'),
  ...regionsOf('mx', 'central-1'),
  ...regionsOf('sa', 'east-1 west-1'),
  ...regionsOf('us', 'east-1 east-2 west-1 west-2'),
  ...regionsOf('cn', 'north-1 northwest-1'),
  ...regionsOf('eusc', 'de-east-1'),
  ...regionsOf('us-iso', 'east-1 west-1'),
  ...regionsOf('us-isob', 'east-1 west-1'),
  ...regionsOf('eu-isoe', 'west-1'),
  ...regionsOf('us-isof', 'east-1 south-1'),
  ...regionsOf('us-gov', 'east-1 west-1'),
];

/** `; did you mean us-east-1?` for a name that no Region has; empty for one that exists. */
export function regionHint(region: string): string {
  if (regions.includes(region)) return '';
  const meant = near(region, regions);
  return meant.length === 0 ? '; no Region has this name' : `; did you mean ${meant.join(', ')}?`;
}

/** Whether a text is the name of a Region, which a shell and an address take as it is. */
export function isRegion(name: string): boolean {
  return /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(name);
}

function regionsOf(area: string, names: string): string[] {
  return names.split(' ').map((name) => `${area}-${name}`);
}
