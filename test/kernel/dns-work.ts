import { lab, type Traffic } from './node-lab.js';

const [web, batch] = lab.pods;

/** The same work of the same pods, whoever answers their lookups. */
export function dnsWork(dns: string): Traffic {
  return {
    lookups: [
      { from: web, to: dns, count: 700 },
      { from: batch, to: dns, count: 300 },
    ],
    tcp: [{ from: web, to: lab.world, held: 300, closed: 100 }],
  };
}
