import { readSysctl, writeSysctl } from '../sysctls.js';
import { connections } from './connections.js';
import { LIMIT, limits } from './limits.js';
import { lookups } from './lookups.js';
import type { Row } from './row.js';
import type { Scenario } from './scenario.js';
import { spreads } from './spread.js';

export const scenarios: readonly Scenario[] = [...lookups, ...connections, ...spreads, ...limits];

/**
 * Measures every scenario, side by side: with the timeouts of a real node they only wait, most of the
 * time. Each has a node of its own; what they share is the limit of the kernel, which is put back.
 */
export async function measureAll(): Promise<Row[]> {
  const before = readSysctl('max');
  writeSysctl('max', LIMIT);
  try {
    const all = await Promise.allSettled(scenarios.map((one) => one.measure()));
    return all.map((one, at) => {
      if (one.status === 'fulfilled') return one.value;
      const { remedy, scenario } = scenarios[at] ?? {};
      throw new Error(`${remedy ?? ''}, ${scenario ?? ''}: ${String(one.reason)}`, {
        cause: one.reason,
      });
    });
  } finally {
    writeSysctl('max', before);
  }
}
