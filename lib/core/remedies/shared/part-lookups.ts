import { udpDnsShare } from '../../measure/dns-share.js';
import type { Effect } from '../../judge/finding.js';
import { percent } from '../../text/format.js';
import type { Case, Weighed } from '../../judge/remedy.js';
import { asItIs, usageOnce, wasFull } from './sizing.js';

/** A resolver option that keeps lookups from racing for one entry, and holds more entries for it. */
export interface ResolverOption {
  readonly name: string;
  /** What it does to lookups that race, as a sentence's start. */
  readonly parts: string;
  /** Why lookups then hold more entries, in words. */
  readonly price: string;
  /** At most as many entries as lookups over UDP hold today: those of a resolver that knows the option. */
  readonly factor: number;
  readonly ignoredBy: string;
}

/** What the table would use at most under this option; lookups over TCP hold what they hold already. */
export function usageUnder({ factor }: ResolverOption, { facts, policy }: Case): Effect {
  const udp = udpDnsShare(facts);
  if (udp !== undefined) return usageOnce(udp, factor, facts, policy, 'at most');
  return facts.table === undefined ? {} : { limit: facts.table.max };
}

/** Weighs the option against lookups that race: it parts them, unless that would fill the table. */
export function partLookups(option: ResolverOption, weighed: Case): Weighed {
  const { name, parts, price, ignoredBy } = option;
  const predicted = usageUnder(option, weighed);
  const fills = fillsTable(predicted, weighed);
  if (fills !== undefined) {
    return {
      helps: false,
      reason: `${parts}, and ${fills}: ${price}; ${ignoredBy}`,
      predicted,
      steps: [],
    };
  }
  const unread =
    udpDnsShare(weighed.facts) === undefined ? '; how many entries are lookups was not read' : '';
  return {
    helps: true,
    reason: `${parts}; its price: ${price}${unread}; ${ignoredBy}`,
    predicted,
    steps: [
      `kubectl patch the pod template: spec.dnsConfig.options: [{name: ${name}}]`,
      'undo: take the option out again',
      'proof: insert_failed of conntrack -S no longer grows',
    ],
  };
}

/** Says so where lookups then take room that is not there. */
function fillsTable({ usage }: Effect, { facts, policy }: Case): string | undefined {
  const { usage: now = 0 } = asItIs(facts, policy);
  const lookups = udpDnsShare(facts)?.share ?? 0;
  if (lookups > 0 && wasFull(facts, policy)) return 'the table was full of late without it';
  if (usage === undefined || usage <= now || usage < policy.warningUsage) return undefined;
  return `may fill the table from ${percent(now)} to ${percent(usage)}`;
}
