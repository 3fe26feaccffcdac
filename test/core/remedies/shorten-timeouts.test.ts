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
  /** Of the 400 in CLOSE_WAIT 100 have waited for a minute, of the 200 in TIME_WAIT 150 for half of one. */
  const ages = { CLOSE_WAIT: [150, 50, 50, 50, 0, 100], TIME_WAIT: [10, 20, 20, 0, 150] };

  it('frees what has waited for longer, and at most leaves the rest', () => {
    const said = shortenTimeouts.assess(waiting({ tcpStates: states, ages }));
    expect(said).toMatchObject({
      helps: true,
      reason:
        'CLOSE_WAIT of 60 s (now 3,600 s) and TIME_WAIT of 30 s (now 120 s) would free 25% of the entries',
      predicted: { limit: 2_000, usage: 0.375, bound: 'at most' },
    });
    expect(said?.steps.at(-1)).toContain('an audit after 3,600 s or more');
  });

  it('knows the value of what goes on to no other state', () => {
    const closed = { tcpStates: { TIME_WAIT: 200 }, ages: { TIME_WAIT: [10, 20, 20, 0, 150] } };
    const { predicted } = shortenTimeouts.assess(waiting(closed)) ?? {};
    expect(predicted).toEqual({ limit: 2_000, usage: 0.425 });
  });

  it('knows only what is left at least where the table was full', () => {
    const tableFull = { lines: 1, secondsAgo: 60 };
    const weighed = waiting({ tcpStates: states, ages }, usual, {
      tableFull,
      counters: { drop: 12, early_drop: 90 },
    });
    // Of a full table, without what is freed and the 50 in TIME_WAIT that CLOSE_WAIT may have led to.
    expect(shortenTimeouts.assess(weighed)?.predicted).toEqual({
      limit: 2_000,
      usage: expect.closeTo(0.4, 10) as number,
      bound: 'at least',
    });
  });

  it('takes a steady rate for granted where ages are not known, which leaves that at least', () => {
    const said = shortenTimeouts.assess(waiting({ tcpStates: states }));
    expect(said?.reason).toContain('would free 54% of the entries (estimate)');
    expect(said?.predicted).toMatchObject({ bound: 'at least' });
    const freed = 0.4 * (1 - 60 / 3_600) + 0.2;
    expect(said?.predicted.usage).toBeCloseTo(0.5 * (1 - freed));
  });

  it('names who opens what nobody answers, and to which port', () => {
    const holder = { address: '10.0.1.23', entries: 700, owner: 'shop/web-0' };
    const unanswered = { entries: 780, states: { SYN_SENT: 780 }, holder };
    const said = (makeup: Partial<Makeup>) =>
      shortenTimeouts.assess(
        waiting(
          { tcpStates: { SYN_SENT: 780 }, ages: { SYN_SENT: [65, 65, 0, 650] }, ...makeup },
          {
            tcp_timeout_syn_sent: 120,
          },
        ),
      );
    const port = { port: 'tcp/6379', entries: 780 };
    expect(said({ unanswered: { ...unanswered, port } })).toMatchObject({
      helps: true,
      reason:
        'SYN_SENT of 20 s (now 120 s) would free 65% of the entries; SYN_SENT waits for somebody to answer, most of them to tcp/6379 and from shop/web-0; a SYN that is answered after 20 s becomes a new flow',
      predicted: { limit: 2_000, usage: 0.175 },
    });
    expect(said({})?.reason).toContain('waits for somebody to answer; a SYN');
    expect(said({})?.steps[1]).toBe(
      'for good: net.netfilter.nf_conntrack_tcp_timeout_syn_sent = 20 in the user data of the launch template of the node group',
    );
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
      `for good: ${name} = 30 in the user data of the launch template of the node group`,
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

  it('ends half-open flows of pods that are gone, however few they are', () => {
    const few = waiting(
      { tcpStates: { SYN_SENT: 6, TIME_WAIT: 500 }, ages: { SYN_SENT: [1, 1, 0, 4] } },
      { ...usual, tcp_timeout_syn_sent: 120 },
    );
    const said = shortenTimeouts.assess({ ...few, rule: 'stale-flows' });
    expect(said).toMatchObject({ helps: true });
    expect(said?.steps[0]).toBe(
      'now, on the node: sysctl -w net.netfilter.nf_conntrack_tcp_timeout_syn_sent=20',
    );
  });

  it('is in the node class where Karpenter makes the nodes', () => {
    const weighed = waiting({ tcpStates: { TIME_WAIT: 500 } });
    const steps = shortenTimeouts.assess({ ...weighed, nodeGroupKind: 'karpenter' })?.steps;
    expect(steps?.[1]).toMatch(/ in spec\.userData of the EC2NodeClass$/);
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
