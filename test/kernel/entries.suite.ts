import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Makeup } from '../../lib/core/node/makeup.js';
import { lab, NodeLab } from './node-lab.js';

const [web, batch] = lab.pods;
const node = new NodeLab();

beforeAll(async () => {
  await node.open();
});
afterAll(() => node.close());

/** What conntrack lists, counted line by line: the other instrument. */
function listed() {
  const lines = node.node.run('conntrack', ['-L', '-o', 'extended']).trimEnd().split('\n');
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
  const states = ['ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT'];
  return {
    entries: lines.length,
    protocols: { tcp: count(/^ipv4 +2 tcp /), udp: count(/^ipv4 +2 udp /) },
    tcpStates: Object.fromEntries(states.map((state) => [state, count(new RegExp(` ${state} `))])),
    unreplied: count(/\[UNREPLIED\]/),
    assured: count(/\[ASSURED\]/),
    dns: { udp: count(/ udp .*?dport=53 /), tcp: count(/ tcp .*?dport=53 .*dst/) },
    from: (address: string) =>
      lines.filter((line) => /src=(\S+)/.exec(line)?.[1] === address).length,
  };
}

describe('the makeup of a table of real flows, on this kernel', () => {
  let makeup: Makeup | undefined;

  beforeAll(async () => {
    await node.send({
      lookups: [
        { from: web, to: lab.world, count: 300 },
        { from: batch, to: lab.world, count: 100 },
        { from: batch, to: lab.nobody, count: 40, answered: false },
      ],
      tcp: [
        { from: web, to: lab.world, held: 120, closed: 60, halfClosed: 30 },
        { from: batch, to: lab.world, held: 10 },
      ],
    });
    makeup = node.probe().facts.makeup;
  });

  it('is what was sent', () => {
    expect(makeup).toMatchObject({
      source: 'netlink',
      listed: 660,
      whole: true,
      protocols: { tcp: 220, udp: 440 },
      tcpStates: { ESTABLISHED: 130, TIME_WAIT: 60, CLOSE_WAIT: 30 },
      idleEstablished: 0,
      ipv6: 0,
      unreplied: 40,
      dns: { udp: 440, tcp: 0, unreplied: 40 },
      ports: [
        { port: 'udp/53', entries: 440 },
        { port: 'tcp/443', entries: 220 },
      ],
      holders: [
        { address: web, entries: 510 },
        { address: batch, entries: 150 },
      ],
    });
  });

  it('is what conntrack lists', () => {
    const { entries, from, ...counts } = listed();
    expect(makeup?.listed).toBe(entries);
    const { protocols, tcpStates, unreplied, assured } = makeup ?? {};
    expect({ protocols, tcpStates, unreplied, assured }).toEqual({
      protocols: counts.protocols,
      tcpStates: counts.tcpStates,
      unreplied: counts.unreplied,
      assured: counts.assured,
    });
    expect(makeup?.dns).toMatchObject({ udp: counts.dns.udp });
    for (const { address, entries: held } of makeup?.holders ?? [])
      expect(held).toBe(from(address));
  });
});

describe('the probe as the SSM agent runs it', () => {
  it('ends well, prints one line that no list of Systems Manager cuts, and tells two readings', () => {
    const { facts, result } = node.probe();
    expect(result).toMatchObject({ status: 'Success', responseCode: 0, stderr: '' });
    expect(result.stdout).toBe(result.pluginOutput);
    expect(result.stdout.length).toBeLessThanOrEqual(2400);
    expect(facts.churn?.seconds).toBeGreaterThan(1.5);
    expect(facts.entryBytes).toBeGreaterThanOrEqual(200);
    expect(facts.nodeLocalDns).toEqual({ interface: false });
  });
});
