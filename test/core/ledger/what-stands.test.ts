import { describe, expect, it } from 'vitest';
import type { Report } from '../../../lib/core/judge/report.js';
import { MOST_NODES } from '../../../lib/core/ledger/bounds.js';
import type { Ledger } from '../../../lib/core/ledger/ledger.js';
import { whatStands } from '../../../lib/core/ledger/what-stands.js';
import type { Gap } from '../../../lib/core/node/gap.js';
import { aDigest } from '../../support/a-digest.js';
import { hour } from '../../support/an-audit.js';

const report: Report = {
  runId: 'run-2',
  startedAt: hour(1),
  region: 'eu-west-1',
  clusters: ['prod', 'test'],
  nodes: { discovered: 12, read: 11, silent: 1 },
  findings: [],
  unjudged: [],
  silent: [],
};
const ledger: Ledger = {
  schemaVersion: 1,
  region: 'eu-west-1',
  runId: 'run-1',
  auditedAt: hour(0),
  nodes: {},
  findings: {},
};
const gap = (over: Partial<Gap>): Gap => ({
  about: 'cluster',
  subject: 'cluster prod',
  operation: 'eks:DescribeCluster',
  reason: 'not-permitted',
  detail: 'not authorized',
  ...over,
});
const stands = (over: Partial<Report>, known: Partial<Ledger> = {}, surplus = 0) =>
  whatStands({ report: { ...report, ...over }, ledger: { ...ledger, ...known }, surplus });

describe('what an audit has to say beside its findings', () => {
  it('is nothing where all is well', () => {
    expect(stands({})).toEqual([]);
  });

  it.each([
    [
      0,
      { discovered: 0, read: 0, silent: 0 },
      'no cluster of eu-west-1 is wanted, or there is none',
    ],
    [2, { discovered: 0, read: 0, silent: 0 }, '2 clusters of eu-west-1 without a running node'],
    [2, { discovered: 12, read: 0, silent: 12 }, 'none of 12 nodes could be read'],
  ])('of %i clusters and %j', (count, nodes, says) => {
    const clusters = report.clusters.slice(0, count);
    expect(stands({ clusters, nodes })).toEqual([
      {
        key: expect.any(String) as string,
        text: expect.stringContaining(says) as string,
        toldIn: 1,
      },
    ]);
  });

  it('is one line for each call that was refused, at once', () => {
    const gaps = [
      gap({}),
      gap({ subject: 'cluster test' }),
      gap({ operation: 'eks:DescribeAddon' }),
    ];
    expect(stands({ gaps }).map(({ text, toldIn }) => [text, toldIn])).toEqual([
      ['eks:DescribeCluster (not-permitted): nothing is known of cluster prod and 1 more', 1],
      ['eks:DescribeAddon (not-permitted): nothing is known of cluster prod', 1],
    ]);
  });

  it.each(['throttled', 'timed-out', 'failed'] as const)(
    'waits for the second audit if %s',
    (reason) => {
      expect(stands({ gaps: [gap({ reason })] })).toMatchObject([{ toldIn: 2 }]);
    },
  );

  it('is a channel that fails, with what waits for it', () => {
    const promised = { runId: 'run-1', promisedAt: hour(0), digest: aDigest(), owed: { hub: {} } };
    const channels = { hub: { since: hour(0), error: 'no route' } };
    const fails = { key: 'channel:hub', text: `hub fails since ${hour(0)}: no route`, toldIn: 1 };
    expect(stands({}, { channels })).toEqual([fails]);
    expect(stands({}, { channels, outbox: [promised, promised] })).toEqual([
      { ...fails, text: `${fails.text}; 2 messages for it will be tried again` },
    ]);
  });

  it('is what a channel will not hear of, in each audit anew', () => {
    const channels = { hub: { since: hour(0), error: 'malformed', lost: 3 } };
    expect(stands({}, { channels })).toEqual([
      { key: 'lost:hub:run-1', text: 'hub will not hear of 3 changes: malformed', toldIn: 1 },
    ]);
  });

  it('is a ledger that had to be cut', () => {
    expect(stands({}, { cut: true })).toMatchObject([{ key: 'bound:text', toldIn: 1 }]);
  });

  it.each([
    [0, MOST_NODES, []],
    [1, MOST_NODES, ['bound:findings']],
    [0, MOST_NODES + 1, ['bound:nodes']],
  ])('is a bound that is passed: %i findings over, %i nodes', (surplus, discovered, keys) => {
    const nodes = { discovered, read: discovered, silent: 0 };
    expect(stands({ nodes }, {}, surplus).map(({ key }) => key)).toEqual(keys);
  });
});
