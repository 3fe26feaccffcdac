import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../lib/simulator/flow.js';
import { al2023, type ClusterPlan } from '../../../lib/simulator/fleet/plan.js';
import {
  asksOf,
  callsTo,
  filledWith,
  idle,
  lookups,
  ordinaryTraffic,
} from '../../../lib/simulator/fleet/traffic.js';

const plan: ClusterPlan = {
  name: 'test',
  os: al2023,
  kubeProxyTag: 'v1.31.2',
  establishedSeconds: 86_400,
};
const pods = [{ namespace: 'shop', name: 'web-1', address: '10.7.0.20' }];

/** Part of the entries that these flows make, among all. */
function share(flows: readonly Flow[], isMeant: (flow: Flow) => boolean): number {
  const sum = (some: readonly Flow[]) => some.reduce((total, { weight }) => total + weight, 0);
  return sum(flows.filter(isMeant)) / sum(flows);
}

function onlyWaits({ state, seconds: [, most] }: Flow): boolean {
  const unused = state === 'ESTABLISHED' && most <= plan.establishedSeconds - 3_600;
  return unused || state === 'TIME_WAIT' || state === 'CLOSE_WAIT';
}

const isLookup = ({ port }: Flow) => port === 53;

describe('ordinary traffic', () => {
  it('is mostly TCP, with 10 to 15 % lookups, and less than 35 % that only waits', () => {
    const flows = ordinaryTraffic(plan, pods);
    expect(share(flows, ({ protocol }) => protocol === 'tcp')).toBeGreaterThan(0.8);
    expect(share(flows, isLookup)).toBeGreaterThan(0.1);
    expect(share(flows, isLookup)).toBeLessThan(0.15);
    expect(share(flows, onlyWaits)).toBeLessThan(0.35);
  });

  it('has few lookups where NodeLocal DNSCache answers them', () => {
    const flows = ordinaryTraffic({ ...plan, nodeLocalDns: true }, pods);
    expect(share(flows, isLookup)).toBeGreaterThan(0);
    expect(share(flows, isLookup)).toBeLessThan(0.05);
  });

  it('keeps within the timeouts of the node', () => {
    for (const { state, seconds } of ordinaryTraffic(plan, pods)) {
      expect(Math.min(...seconds)).toBeGreaterThan(0);
      expect(seconds[1]).toBeLessThanOrEqual(state === 'ESTABLISHED' ? 86_400 : 3_600);
      expect(seconds[0]).toBeLessThanOrEqual(seconds[1]);
    }
  });

  it('fails on a host without pods', () => {
    expect(() => ordinaryTraffic(plan, [])).toThrow('needs at least one pod');
  });
});

describe('traffic that fills a table', () => {
  it.each([
    ['lookups', lookups(12)],
    ['what CoreDNS asks and answers', asksOf('kube-system/coredns-1')],
    ['calls of one pod', callsTo('shop/web-1', plan)],
    ['what only waits', idle(plan, 6)],
  ])('becomes the share that is wanted: %s', (_, flows) => {
    const mixed = filledWith(flows, 0.58, ordinaryTraffic(plan, pods));
    const rest = mixed.slice(flows.length);
    expect(share(mixed, (flow) => !rest.includes(flow))).toBeCloseTo(0.58, 12);
    expect(share(rest, isLookup)).toBeCloseTo(share(ordinaryTraffic(plan, pods), isLookup), 12);
  });

  it('of connections that only wait is counted as such', () => {
    expect(share(idle(plan, 6), onlyWaits)).toBe(1);
    expect(share(callsTo('shop/web-1', plan), onlyWaits)).toBeLessThan(0.2);
  });
});
