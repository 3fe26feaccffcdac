import type { Account } from '../node/gap.js';
import type { Report } from '../judge/report.js';
import { count } from '../text/format.js';

/** `acme-prod (123456789012)`, or the id alone. */
export function accountText({ id, alias }: Account): string {
  return alias === undefined ? id : `${alias} (${id})`;
}

/** `acme-prod (123456789012), us-east-1`: who was audited, and where. */
export function placeText({ account, region }: Pick<Report, 'account' | 'region'>): string {
  return account === undefined ? region : `${accountText(account)}, ${region}`;
}

/** `no node of 12 could be read`; nothing where one was, or there is none. */
export function unreadText({ discovered, read }: Report['nodes']): string | undefined {
  if (read > 0 || discovered === 0) return undefined;
  return `no node of ${count(discovered)} could be read`;
}
