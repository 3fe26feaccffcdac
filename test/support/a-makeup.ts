import type { Makeup } from '../../lib/core/node/makeup.js';

/** A whole list of 1,000 entries of ordinary traffic. A test states only what is different. */
export function aMakeup(different: Partial<Makeup> = {}): Makeup {
  return {
    source: 'netlink',
    listed: 1_000,
    whole: true,
    protocols: { tcp: 800, udp: 200 },
    tcpStates: { ESTABLISHED: 500, TIME_WAIT: 300 },
    idleEstablished: 0,
    ipv6: 0,
    unreplied: 10,
    assured: 700,
    dns: { udp: 100, tcp: 0, unreplied: 5 },
    ports: [{ port: 'tcp/443', entries: 600 }],
    holders: [{ address: '10.0.1.23', entries: 100, owner: 'default/web-0' }],
    ...different,
  };
}
