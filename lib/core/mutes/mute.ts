import type { Finding } from '../judge/finding.js';
import { present } from '../text/present.js';

/** Findings that nobody is to be told of for a time. A key that is absent matches all. */
export interface Mute {
  readonly rule?: string;
  readonly cluster?: string;
  readonly nodeGroup?: string;
  readonly instanceId?: string;
  /** ISO 8601, UTC, in whole: `2026-12-01T00:00:00.000Z`. It ends then. */
  readonly until: string;
  readonly reason: string;
}

/** What of a finding decides whether it is muted. */
export type MuteTarget = Pick<Finding, 'rule' | 'cluster' | 'nodeGroup'> & {
  readonly nodes: readonly { readonly instanceId: string }[];
};

/**
 * Of the mutes that together cover all nodes of a finding now, the one that ends first: the finding
 * is heard of again when one of its nodes is.
 */
export function matching(
  finding: MuteTarget,
  mutes: readonly Mute[],
  now: string,
): Mute | undefined {
  const active = mutes.filter((mute) => timeOf(mute) > Date.parse(now) && isAbout(mute, finding));
  const longest = finding.nodes.map(({ instanceId }) =>
    active
      .filter((mute) => (mute.instanceId ?? instanceId) === instanceId)
      .reduce<Mute | undefined>(later, undefined),
  );
  const covering = longest.filter((mute) => mute !== undefined);
  if (covering.length < longest.length) return undefined;
  return covering.sort((a, b) => timeOf(a) - timeOf(b))[0];
}

function isAbout(mute: Mute, finding: MuteTarget): boolean {
  const keys = ['rule', 'cluster', 'nodeGroup'] as const;
  return keys.every((key) => (mute[key] ?? finding[key]) === finding[key]);
}

function later(one: Mute | undefined, other: Mute): Mute {
  return one === undefined || timeOf(other) > timeOf(one) ? other : one;
}

function timeOf({ until }: Mute): number {
  return Date.parse(until);
}

/**
 * The line that mutes this finding when it is put into the configuration, with the reason left to
 * whoever puts it there. `until` is a date or a date-time.
 */
export function muteLine(
  { rule, cluster, nodeGroup }: Pick<Finding, 'rule' | 'cluster' | 'nodeGroup'>,
  until: string,
): string {
  const group = nodeGroup === '*' ? undefined : nodeGroup;
  return JSON.stringify(present({ rule, cluster, nodeGroup: group, until, reason: '…' }));
}
