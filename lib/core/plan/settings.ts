import { runsCoreDns } from '../measure/dns-share.js';
import type { Makeup } from '../node/makeup.js';
import { AGENT } from '../remedies/shared/limit-prices.js';
import type { Sets } from './candidate.js';

/** What a remedy sets beside the table by its steps, so that a rule which looks at that can judge it again. */
export const settings: Readonly<Record<string, (steps: readonly string[]) => Sets>> = {
  'node-local-dns-cache': () => ({
    nodeLocalDns: () => ({ interface: true, rules: 4, packets: 1 }),
    makeup: (makeup) => makeup && withoutLookups(makeup),
  }),
  'shorten-timeouts': withTimeouts,
  'shorten-udp-timeout': withTimeouts,
  'grow-hash': () => ({
    hash: (hash, { table }) => {
      if (table === undefined || hash === undefined) return hash;
      const buckets = Math.max(hash.buckets, 2 ** Math.ceil(Math.log2(Math.max(1, table.max))));
      return { buckets, entriesPerBucket: table.entries / buckets };
    },
  }),
  'grow-policy-table': () => ({
    networkPolicyAgent: (agent, { table }) => {
      if (table === undefined || agent === undefined) return agent;
      return { ...agent, tableSize: Math.min(AGENT.most, table.max) };
    },
  }),
};

/** Lookups of pods leave no entry; what CoreDNS may hold here stays. */
function withoutLookups(makeup: Makeup): Makeup {
  return runsCoreDns(makeup) ? makeup : { ...makeup, dns: { udp: 0, tcp: 0, unreplied: 0 } };
}

function withTimeouts(steps: readonly string[]): Sets {
  return { timeouts: (timeouts) => ({ ...timeouts, ...timeoutsIn(steps) }) };
}

/** The timeouts that the first command of these steps sets, by sysctl without `nf_conntrack_`. */
export function timeoutsIn(steps: readonly string[]): Readonly<Record<string, number>> {
  const set = steps.find((step) => step.includes('sysctl -w')) ?? '';
  return Object.fromEntries(
    [...set.matchAll(/nf_conntrack_(\w*timeout\w*)=(\d+)/g)].map(([, name = '', seconds]) => [
      name,
      Number(seconds),
    ]),
  );
}
