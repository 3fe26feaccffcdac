import { describe, expect, it } from 'vitest';
import { shortenTimeouts } from '../../../lib/core/remedies/shorten-timeouts.js';
import type { Makeup } from '../../../lib/core/node/makeup.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aCase } from '../../support/a-case.js';
import { aMakeup } from '../../support/a-makeup.js';
import { aNode, aNodeWithout } from '../../support/a-node.js';

const usual = {
  tcp_timeout_close_wait: 3_600,
  tcp_timeout_time_wait: 120,
  tcp_timeout_established: 86_400,
};

/** 1,000 of 2,000 entries, listed as the makeup says, under these timeouts. */
function waiting(
  makeup: Partial<Makeup>,
  timeouts: Record<string, number> = usual,
  facts: NodeFacts = {},
) {
  const table = { entries: 1_000, max: 2_000 };
  return aCase(aNode({ table, makeup: aMakeup(makeup), timeouts, ...facts }));
}

const states = { CLOSE_WAIT: 400, TIME_WAIT: 200, ESTABLISHED: 400 };

/** What the shorter timeout frees of idle ESTABLISHED: the part of the wait beyond an hour. */
const ofIdle = (86_400 - 7_440) / (86_400 - 3_600);

describe('shorten-timeouts', () => {
  it('frees of each state the part that shorter waits do not hold', () => {
    const said = shortenTimeouts.assess(waiting({ tcpStates: states }));
    const freed = 0.4 * (1 - 60 / 3_600) + 0.2 * (1 - 30 / 120);
    expect(said).toMatchObject({
      helps: true,
      reason:
        'CLOSE_WAIT of 60 s (now 3,600 s) and TIME_WAIT of 30 s (now 120 s) would free 54% of the entries (estimate)',
    });
    expect(said?.predicted.usage).toBeCloseTo(0.5 * (1 - freed));
    expect(said?.steps.at(-1)).toContain('an audit after 3,600 s or more');
  });

  it('says how sure it is of a sample', () => {
    const weighed = waiting({ tcpStates: { CLOSE_WAIT: 400 }, whole: false }, usual, {
      table: { entries: 100_000, max: 200_000 },
    });
    // 1.96 x sqrt(0.4 x 0.6 / 1,000 x (1 - 1,000 / 100,000)) x (1 - 60 / 3,600), of a usage of 0.5
    expect(shortenTimeouts.assess(weighed)?.predicted.usageMargin).toBeCloseTo(0.014855, 5);
  });

  it('does not help where the timeouts are short already, or nothing waits', () => {
    const short = { ...usual, tcp_timeout_close_wait: 60, tcp_timeout_time_wait: 30 };
    expect(shortenTimeouts.assess(waiting({ tcpStates: states }, short))).toMatchObject({
      helps: false,
      reason: 'shorter timeouts of closed connections would free 0% of the entries',
      predicted: { limit: 2_000, usage: 0.5 },
      steps: [],
    });
    const open = waiting({ tcpStates: { ESTABLISHED: 1_000 } });
    expect(shortenTimeouts.assess(open)?.helps).toBe(false);
  });

  it.each([
    { TIME_WAIT: 13, helps: false },
    { TIME_WAIT: 14, helps: true },
  ])(
    'is worth it from 1 % of the table on: $TIME_WAIT entries of 1,000',
    ({ TIME_WAIT, helps }) => {
      expect(shortenTimeouts.assess(waiting({ tcpStates: { TIME_WAIT } }))?.helps).toBe(helps);
    },
  );

  it('names only the timeouts that matter here, with undo to what was read', () => {
    const timeouts = { ...usual, tcp_timeout_time_wait: 90 };
    const said = shortenTimeouts.assess(waiting({ tcpStates: { TIME_WAIT: 500 } }, timeouts));
    const name = 'net.netfilter.nf_conntrack_tcp_timeout_time_wait';
    expect(said?.steps).toEqual([
      `now, on the node: sysctl -w ${name}=30`,
      `for good: ${name} = 30 in the user data of the launch template or node class`,
      `undo: sysctl -w ${name}=90, and take the durable edit back`,
      'proof: an audit after 90 s or more reads fewer entries; those that are there wait out the timeout that they began with',
    ]);
  });

  it('leaves idle ESTABLISHED alone where closed connections hold as much', () => {
    const closed = Math.round(500 * ofIdle) / (1 - 60 / 3_600);
    const reason = (CLOSE_WAIT: number) =>
      shortenTimeouts.assess(waiting({ tcpStates: { CLOSE_WAIT }, idleEstablished: 500 }))?.reason;
    expect(reason(Math.ceil(closed) + 1)).not.toContain('ESTABLISHED');
    expect(reason(Math.floor(closed) - 1)).toContain('idle ESTABLISHED of 7,440 s (now 86,400 s)');
  });

  it('says plainly what is risked where idle ESTABLISHED is what holds the entries', () => {
    const said = shortenTimeouts.assess(waiting({ tcpStates: {}, idleEstablished: 600 }));
    expect(said?.reason).toContain('would free 57% of the entries (estimate); the risk: ');
    expect(said?.reason).toContain('a keepalive under that prevents it');
    expect(said?.predicted.usage).toBeCloseTo(0.5 * (1 - 0.6 * ofIdle));
    expect(said?.steps[1]).toContain('conntrack.tcpEstablishedTimeout: 7440s in the ConfigMap');
  });

  it.each([
    { version: '1.31.2', configMap: true, userData: false },
    { version: '1.28.15', configMap: true, userData: true },
    { version: 'none', configMap: false, userData: true },
  ])('knows where kube-proxy $version lets a timeout last', ({ version, configMap, userData }) => {
    const facts = { kubeProxy: { version, source: 'add-on' } } as const;
    const weighed = waiting({ tcpStates: { CLOSE_WAIT: 500 } }, usual, facts);
    const steps = shortenTimeouts.assess(weighed)?.steps.join('\n') ?? '';
    expect(steps.includes('conntrack.tcpCloseWaitTimeout: 60s')).toBe(configMap);
    expect(steps.includes('user data')).toBe(userData);
    expect(steps.includes('only ever raises')).toBe(version === '1.28.15');
  });

  it('predicts nothing where the states were not read, and says how long CLOSE_WAIT is held', () => {
    const facts = { ...aNodeWithout('makeup').facts, timeouts: { tcp_timeout_close_wait: 3_600 } };
    expect(shortenTimeouts.assess(aCase({ facts }))).toMatchObject({
      helps: null,
      reason: expect.stringContaining('3,600 s') as string,
      predicted: {},
    });
    expect(shortenTimeouts.assess(aCase({ facts: {} }))?.reason).not.toContain('CLOSE_WAIT');
  });

  it('does not change what EC2 keeps by a timeout of its own', () => {
    const weighed = { ...waiting({ tcpStates: states }), rule: 'vpc-idle-timeout' };
    expect(shortenTimeouts.assess(weighed)).toMatchObject({
      helps: false,
      reason: expect.stringContaining('timeout of the network interface') as string,
      predicted: {},
      steps: [],
    });
  });
});
