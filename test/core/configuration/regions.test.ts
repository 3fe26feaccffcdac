import { describe, expect, it } from 'vitest';
import { regionHint, regions } from '../../../lib/core/configuration/regions.js';

/** The SDK's own list. Its package does not export it, so it is read where it lies. */
const sdk = new URL(
  '../../../node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
  import.meta.url,
).href;

interface Partitions {
  readonly partitionsInfo: {
    readonly partitions: readonly { readonly regions: Readonly<Record<string, unknown>> }[];
  };
}

describe('the Regions', () => {
  it('are those that the SDK knows', async () => {
    const { partitionsInfo } = (await import(sdk)) as Partitions;
    const known = partitionsInfo.partitions.flatMap((one) => Object.keys(one.regions));
    expect([...regions].sort()).toEqual(known.filter((name) => !name.endsWith('global')).sort());
  });
});

describe('the hint about a Region', () => {
  it.each([
    ['us-esat-1', /^; did you mean us-east-1/],
    ['eu-west1', /^; did you mean eu-west-1/],
    ['frankfurt', /^; no Region has this name$/],
    ['us-east-1', /^$/],
  ])('is of %s: %s', (region, hint) => {
    expect(regionHint(region)).toMatch(hint);
  });
});
