import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { olderThan } from '../../lib/core/node/makeup.js';
import { caseFacts } from '../support/public-cases.js';
import { installTools } from '../support/probe-tools.js';

let scratch: string;
let tools: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'public-cases-'));
  tools = await installTools(join(scratch, 'tools'));
});
afterAll(() => rm(scratch, { recursive: true }));

const facts = (name: string) => caseFacts(scratch, tools, name);

describe('what is known of a public case', () => {
  it('01: Bottlerocket, though its control container says Amazon Linux 2', async () => {
    const { os, table } = await facts('01-bottlerocket-control-container');
    expect(os).toEqual({ id: 'bottlerocket', version: '1.20.3' });
    expect(table).toMatchObject({ entries: 210_000, max: 1_048_576 });
  });

  it('02: nothing of a configuration that cannot be seen from there', async () => {
    const { os, ...known } = await facts('02-bottlerocket-fixed-by-configmap');
    expect(os?.id).toBe('bottlerocket');
    expect(known.kubeProxyConfigState).toBe('not-visible');
    expect(known).not.toHaveProperty('kubeProxyConfig');
    expect(known).not.toHaveProperty('proxyMode');
  });

  it('03: maxPerCore 0 in flow style', async () => {
    const { kubeProxyConfigState, kubeProxyConfig, kubeProxy, proxyMode } =
      await facts('03-config-flow');
    expect({ kubeProxyConfigState, kubeProxyConfig, proxyMode }).toEqual({
      kubeProxyConfigState: 'known',
      kubeProxyConfig: { maxPerCore: 0 },
      proxyMode: 'iptables',
    });
    expect(kubeProxy).toEqual({ version: '1.31.2', source: 'node', maxPerCore: 0 });
  });

  it('03: maxPerCore 0 under quoted names', async () => {
    const { kubeProxyConfigState, kubeProxyConfig } = await facts('03-config-quoted-keys');
    expect(kubeProxyConfigState).toBe('known');
    expect(kubeProxyConfig).toEqual({
      maxPerCore: 0,
      min: 131_072,
      tcpCloseWaitTimeout: 3_600,
      tcpEstablishedTimeout: 86_400,
    });
  });

  it('sibling of 05: what was configured, and what is in force', async () => {
    const { kubeProxyConfig, proxyMode, table } = await facts(
      'sibling-05-max-per-core-not-restarted',
    );
    expect(kubeProxyConfig).toEqual({ maxPerCore: 65_536, min: 131_072 });
    expect(proxyMode).toBe('iptables');
    expect(table).toMatchObject({ entries: 230_000, max: 262_144 });
  });

  it('sibling of 07: no count of rules where those of IPv6 could not be read', async () => {
    const { nodeLocalDns } = await facts('sibling-07-ipv6-legacy');
    expect(nodeLocalDns).toEqual({ interface: true });
  });

  it('09: lines of the log that name no namespace, and counters that stand at 0', async () => {
    const { tableFull, counters } = await facts('09-log-of-another-netns');
    expect(tableFull).toEqual({ lines: 3, secondsAgo: expect.closeTo(338.37, 2) as number });
    expect(counters).toMatchObject({ drop: 0, early_drop: 0 });
  });

  it('11: who opens flows that nobody answers, to which port, and how old they are', async () => {
    const { makeup } = await facts('11-syn-sent-table');
    expect(makeup?.unanswered).toEqual({
      entries: 780,
      states: { SYN_SENT: 780 },
      port: { port: 'tcp/6379', entries: 780 },
      holder: { address: '10.0.1.23', entries: 780, owner: 'shop/web-7d4b9c6f5-x2x9k' },
      toNobody: 0,
    });
    // Seconds that are left run from 0 to 119 in turn, so that a sixth has been there for less than 20.
    expect(makeup && olderThan(makeup, 'SYN_SENT', 20)).toBeGreaterThan(640);
    expect(makeup && olderThan(makeup, 'SYN_SENT', 120)).toBeLessThan(10);
    expect(makeup).toMatchObject({ listed: 1_000, whole: false });
  });

  it('14: the same of a list with words of the program in it', async () => {
    const { makeup } = await facts('14-list-noise-line');
    expect(makeup).toMatchObject({ listed: 26, protocols: { tcp: 15, other: 1 } });
    expect(makeup?.holders).toHaveLength(6);
  });

  it('15: a reading of two entries above its limit, as it is', async () => {
    const { table, counters } = await facts('15-count-over-max');
    expect(table).toEqual({ entries: 131_074, max: 131_072, buckets: 65_536 });
    expect(counters).toMatchObject({ drop: 91_234 });
  });

  it('24: each entry of a list of oddities, in its class', async () => {
    const { makeup } = await facts('24-pass-list-oddities');
    expect(makeup).toMatchObject({
      listed: 16,
      whole: true,
      protocols: { tcp: 6, udp: 2, icmp: 1, icmpv6: 1, sctp: 1, gre: 1, other: 4 },
      tcpStates: { ESTABLISHED: 2, SYN_SENT2: 1 },
      unreplied: 7,
      unanswered: { entries: 7, states: { SYN_SENT2: 1, udp: 1, icmpv6: 1, gre: 1, other: 3 } },
      // One that has more left than today's timeout is no older than one that was seen just now.
      ages: { ESTABLISHED: [2], UDP: [2] },
    });
  });
});
