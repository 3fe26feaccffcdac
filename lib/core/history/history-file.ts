import type { AuditRecord } from './audit-record.js';
import type { AuditedPlace } from './question.js';
import { present } from '../text/present.js';
import { checkRunKey } from '../text/run-key.js';

/** Where history begins, in a bucket and in a folder. */
export const HISTORY_PREFIX = 'history/';

/**
 * The key of one audit's file: `history/dt=2026-11-23/account=111122223333/region=eu-west-1/<run>.ndjson.gz`.
 *
 * Each partition answers one need. Questions are about days, so the day comes first and can be listed.
 * Account and Region keep audits apart if one bucket gathers the histories of several: their ticks carry
 * the same run id, and would write over one another. The id of an account is no secret to whoever can
 * list a bucket of that account.
 *
 * The same run has the same key, so a run that is recorded twice is kept once. Keys sort by time within
 * a day, as run ids do.
 */
export function historyKey(
  { runId, startedAt, region }: Pick<AuditRecord, 'runId' | 'startedAt' | 'region'>,
  account: string,
): string {
  const day = /^\d{4}-\d\d-\d\d(?=T)/.exec(startedAt)?.[0];
  if (day === undefined) {
    throw new Error(`an audit should have begun at a time of ISO 8601, got '${startedAt}'`);
  }
  const partition = `dt=${day}/account=${account}/region=${region}`;
  return checkRunKey(`${HISTORY_PREFIX}${partition}/${runId}.ndjson.gz`);
}

/** The account and Region of a file by its place; nothing of what lies in no such partition, or in one without an id. */
export function placeOfHistory(path: string): AuditedPlace {
  const [, account] = /[/\\]account=(\d{12})[/\\]/.exec(path) ?? [];
  const [, region] = /[/\\]region=([\w-]+)[/\\]/.exec(path) ?? [];
  return present({ account, region });
}

/**
 * The text of that file before it is compressed: a line of JSON for each node, with the run in it.
 * Fields may be added to a line; none goes away or changes its meaning.
 */
export function historyText({ runId, startedAt, nodes }: AuditRecord): string {
  return nodes
    .map((node) => `${JSON.stringify({ run: runId, at: startedAt, ...node })}\n`)
    .join('');
}
