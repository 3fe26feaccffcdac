import type { Allowance } from '../../lib/core/node/allowance.js';

/** One ENA interface that never met a limit of EC2. A test states only what is different. */
export function anAllowance(different: Partial<Allowance> = {}): Allowance {
  return {
    interfaces: 1,
    exceeded: { bw_in: 0, bw_out: 0, pps: 0, conntrack: 0, linklocal: 0 },
    grown: {},
    ...different,
  };
}
