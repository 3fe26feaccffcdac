import { describe, expect, it } from 'vitest';
import type { Fleet } from '../../../lib/core/node/fleet.js';
import { fleetSchema } from '../../../lib/core/node/fleet-schema.js';
import { ParseError, parsed } from '../../../lib/core/text/parsed.js';
import { aFleet, aNode, shape } from '../../support/a-node.js';

const mute = { until: '2026-12-01', reason: 'is being replaced', rule: 'hot-node' };
const { node } = aNode({}, { tcpEstablishedSeconds: 350, mute });
const whole: Fleet = {
  region: 'us-east-1',
  clusters: [
    {
      name: 'example',
      version: '1.31',
      kubeProxyVersion: '1.31.2',
      dnsAddress: '10.100.0.10',
      proxyMode: 'ipvs',
      nodeGroupMutes: [{ nodeGroup: 'workers', mute }],
    },
    { name: 'other' },
  ],
  otherClusters: ['dev'],
  nodes: [node],
  shapes: [{ ...shape, tcpEstablishedSeconds: 432_000 }],
};
const read = (fleet: unknown) => parsed(fleetSchema, fleet, { name: 'fleet.json' });

describe('the schema of a fleet', () => {
  it('keeps everything that discovery may learn', () => {
    expect(read(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  });

  it('reads what older versions kept where the tags of node groups might not be read', () => {
    const [cluster] = read({
      ...whole,
      clusters: [{ name: 'a', nodeGroupMutes: 'not-allowed' }],
    }).clusters;
    expect(cluster).toEqual({ name: 'a', nodeGroupMutes: [] });
  });

  it('takes the least of it', () => {
    const least = aFleet([aNode().node]);
    expect(read(least)).toEqual(least);
  });

  it.each([
    [{ region: 1 }, "'region' should be a text, got 1"],
    [{ clusters: [{}] }, "'clusters[0].name' is missing"],
    [
      { nodes: [{ ...node, platform: 'mac' }] },
      "'nodes[0].platform' should be one of linux, windows, got 'mac'",
    ],
    [
      { nodes: [{ ...node, tcpEstablishedSeconds: -1 }] },
      "'nodes[0].tcpEstablishedSeconds' should be at least 0, got -1",
    ],
    [{ nodes: [{ ...node, mute: { until: 5 } }] }, "'nodes[0].mute.until' should be a text, got 5"],
    [{ shapes: [{ ...shape, vcpus: 0 }] }, "'shapes[0].vcpus' should be at least 1, got 0"],
    [{ shapes: [{ ...shape, vcpus: 1.5 }] }, "'shapes[0].vcpus' should be a whole number, got 1.5"],
  ])('fails on %j', (wrong, said) => {
    expect(() => read({ ...whole, ...wrong })).toThrow(new ParseError(`fleet.json: ${said}`));
  });
});
