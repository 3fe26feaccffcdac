import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses, type LabNode } from './truth/lab-node.js';
import { Lab, type Work } from './truth/lab.js';
import { settled } from './truth/scenario.js';
import { readSysctl, writeSysctl } from './sysctls.js';
import { expectWithin5Percent, foretold, timeoutsOf } from './what-if.js';

const LIMIT = 4_096;

/** Low, so that any machine keeps it. */
const PER_SECOND = { lookups: 8, connections: 10 };

/** Seconds that a lookup and a closed connection are kept; the second is what EKS has. */
const UDP = 12;
const TIME_WAIT = 120;

/** What the remedy shortens the second to. */
const SHORTER = 30;

/** Seconds of work before anything is changed: of what waits by then a part has waited for longer than that. */
const BEFORE = 37;

/** Entries live as long as they do; it takes some 80 s where nothing else runs. */
const MOST_MS = 150_000;

const waiting = new Lab('waiting');
let max: number;

beforeAll(async () => {
  max = readSysctl('max');
  writeSysctl('max', LIMIT);
  await waiting.open(1);
  waiting.node.set({ udp_timeout: UDP, tcp_timeout_time_wait: TIME_WAIT });
});
afterAll(async () => {
  writeSysctl('max', max);
  await waiting.close();
});

/** A pod that looks external names up by its search list, and opens connections that it closes at once. */
function work(node: LabNode): Work {
  const names = ['api.example.com', 'img.cdn.example.org'];
  const { lookups, connections } = PER_SECOND;
  const to = addresses.coreDns;
  return [
    {
      pod: node.addPod(),
      loads: [
        { program: 'connect', plan: { to, held: 10, perSecond: connections } },
        { program: 'resolve', plan: { perSecond: lookups, names } },
      ],
    },
  ];
}

describe('shorter timeouts and a lower ndots together, on this kernel', () => {
  it(
    'leave within 5 % the usage that the question foretells, where every name is external',
    async () => {
      const { node } = waiting;
      const load = work(node);
      await waiting.begin(load);
      await settled(BEFORE);
      const before = await node.probe();
      const after = foretold({ shortenTimeouts: true, lowerNdots: true }, before);

      await waiting.calm();
      const timeouts = timeoutsOf(before);
      expect(timeouts).toEqual({ tcp_timeout_time_wait: SHORTER });
      node.set(timeouts);
      for (const pod of node.pods) pod.resolveWith('ndots:2');
      await waiting.begin(load);
      await settled(SHORTER);
      const { live } = await node.entries();

      // Names are not known to an audit: at best all are external, as they are here.
      expect(after.bound).toBe('at least');
      expectWithin5Percent(after, live, before);
    },
    MOST_MS,
  );
});
