import { describe, expect, it } from 'vitest';
import {
  coreDnsPod,
  counting,
  endedJobs,
  ingressPod,
  lookingUp,
  waiting,
  withEna,
  withNodeLocalDns,
  withPolicyAgent,
} from '../../../lib/simulator/fleet/deep-plants.js';
import type { Machine } from '../../../lib/simulator/machine.js';
import { aSimulatedNode } from '../../support/a-simulated-node.js';

const { machine } = aSimulatedNode(1);
const { conntrack: _, ena: __, ...bare } = machine;

function weights({ conntrack }: Machine, of: (port: number) => boolean): number {
  const flows = conntrack?.traffic ?? [];
  const sum = flows.reduce((total, { weight }) => total + weight, 0);
  return (
    flows.filter(({ port }) => of(port)).reduce((total, { weight }) => total + weight, 0) / sum
  );
}

describe('what sets the traffic of a host apart', () => {
  it('is lookups of exactly this share, with none beside them', () => {
    expect(weights(lookingUp(0.58)(machine), (port) => port === 53)).toBeCloseTo(0.58, 12);
  });

  it('is connections that wait, beside those that wait anyway', () => {
    expect(weights(waiting(0.45)(machine), (port) => port === 5432)).toBeGreaterThan(0.45);
  });

  it.each([
    ['ingress-nginx', ingressPod(0.7)],
    ['kube-system', coreDnsPod(0.7)],
  ])('is one more pod, of %s, which holds this share', (namespace, change) => {
    const changed = change(machine);
    const pod = changed.pods?.at(-1);
    expect(pod).toMatchObject({ namespace, address: machine.hostAddress?.replace(/10$/, '40') });
    expect(changed.pods).toHaveLength((machine.pods?.length ?? 0) + 1);
    const flows = changed.conntrack?.traffic ?? [];
    const name = `${namespace}/${pod?.name ?? ''}`;
    const held = flows.filter(({ from, to }) => from === name || to === name);
    expect(held.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(0.7, 12);
  });

  it('is what jobs left behind, at addresses that no pod has now', () => {
    const changed = endedJobs(0.02)(machine);
    expect(weights(changed, (port) => port === 9_092)).toBeCloseTo(0.02, 12);
    const { goneAddresses = [], pods = [] } = changed;
    expect(goneAddresses).toHaveLength(3);
    expect(pods.filter(({ address }) => goneAddresses.includes(address))).toEqual([]);
  });

  it('is nothing where entries cannot be listed', () => {
    expect(lookingUp(0.58)(bare)).toEqual(bare);
    expect(waiting(0.58)(bare)).toEqual(bare);
  });
});

describe('what sets the counters of a host apart', () => {
  it('is what they stand at since boot, and what they grow by', () => {
    const { conntrack } = counting({ drop: 412 }, { drop: 3 })(machine);
    expect(conntrack?.counters).toEqual({ ...machine.conntrack?.counters, drop: [412] });
    expect(conntrack?.later).toMatchObject({
      seconds: machine.conntrack?.later?.seconds,
      counters: { ...machine.conntrack?.later?.counters, drop: 3 },
    });
    expect(counting({ drop: 412 })(bare)).toEqual(bare);
  });

  it('is what EC2 counts, on hosts that tell it', () => {
    expect(withEna({ available: 7 })(machine).ena).toEqual({ ...machine.ena, available: 7 });
    expect(withEna({ available: 7 })(bare)).toEqual(bare);
  });

  it('is the network policy agent', () => {
    expect(withPolicyAgent({ enabled: true })(machine)).toEqual({
      ...machine,
      policyAgent: { enabled: true },
    });
  });

  it('is the state of NodeLocal DNSCache', () => {
    expect(withNodeLocalDns({ rules: false })(machine)).toEqual({
      ...machine,
      nodeLocalDns: { rules: false },
    });
  });
});
