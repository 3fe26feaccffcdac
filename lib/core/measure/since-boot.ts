import { ago } from '../text/ago.js';
import { count } from '../text/format.js';
import type { Churn, Growth, NodeFacts } from '../node/snapshot.js';

/** How long a counter has counted: `since boot 3 days ago`. */
export function sinceBoot(boot: NodeFacts['boot']): string {
  return boot === undefined ? 'since boot' : `since boot ${ago(boot.uptimeSeconds)}`;
}

/** Since when growth was measured between audits: `since the last audit 6 hours ago`. */
export function sinceLastAudit({ seconds }: Pick<Growth, 'seconds'>): string {
  return `since the last audit ${ago(seconds)}`;
}

/** Over what time growth was measured: `within 2 s`. */
export function withinProbe(churn: Churn | undefined): string {
  return churn === undefined
    ? 'while the probe ran'
    : `within ${count(Math.max(1, Math.round(churn.seconds)))} s`;
}
