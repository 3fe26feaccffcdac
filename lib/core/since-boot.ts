import { ago } from './ago.js';
import { count } from './format.js';
import type { Churn, NodeFacts } from './snapshot.js';

/** How long a counter has counted: `since boot 3 days ago`. */
export function sinceBoot(boot: NodeFacts['boot']): string {
  return boot === undefined ? 'since boot' : `since boot ${ago(boot.uptimeSeconds)}`;
}

/** Over what time growth was measured: `within 2 s`. */
export function withinProbe(churn: Churn | undefined): string {
  return churn === undefined
    ? 'while the probe ran'
    : `within ${count(Math.max(1, Math.round(churn.seconds)))} s`;
}
