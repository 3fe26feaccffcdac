import type { Finding } from '../judge/finding.js';
import { groupBy } from '../text/group-by.js';
import { present } from '../text/present.js';
import { rememberedOf } from '../text/remembered.js';

/** Findings about which nobody is told for a time. An absent key matches all. */
export interface Mute {
  readonly rule?: string;
  readonly cluster?: string;
  readonly nodeGroup?: string;
  readonly instanceId?: string;
  /** The end, a full time of ISO 8601, UTC: `2026-12-01T00:00:00.000Z`. */
  readonly until: string;
  readonly reason: string;
}

/** The part of a finding that decides whether it is muted. */
export type MuteTarget = Pick<Finding, 'rule' | 'cluster' | 'nodeGroup'> & {
  readonly nodes: readonly { readonly instanceId: string }[];
};

/**
 * The mute that ends first among those that together cover all nodes of a finding now: people hear of
 * the finding again as soon as no mute covers one of its nodes.
 */
export function matching(
  finding: MuteTarget,
  mutes: readonly Mute[],
  now: string,
): Mute | undefined {
  const time = Date.parse(now);
  const longestOf = (among: readonly Mute[] = []) =>
    among
      .filter((mute) => timeOf(mute) > time && isAbout(mute, finding))
      .reduce<Mute | undefined>(later, undefined);
  const byNode = mutesByNode(mutes);
  const ofAll = longestOf(byNode.get(undefined));
  const longest = finding.nodes.map(({ instanceId }) => {
    const own = longestOf(byNode.get(instanceId));
    return own === undefined ? ofAll : later(ofAll, own);
  });
  const covering = longest.filter((mute) => mute !== undefined);
  if (covering.length < longest.length) return undefined;
  return covering.sort((a, b) => timeOf(a) - timeOf(b))[0];
}

/** A fleet may carry a tag on each of its instances: only those of a node are looked at for it. */
const mutesByNode = rememberedOf((mutes: readonly Mute[]) =>
  groupBy(mutes, ({ instanceId }) => instanceId),
);

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
 * The line that mutes this finding in the configuration, or without a rule all of its node group; whoever puts it
 * there fills in the reason.
 * `until` is a date or a date-time.
 */
export function muteLine(
  { rule, cluster, nodeGroup }: Pick<Finding, 'cluster' | 'nodeGroup'> & { readonly rule?: string },
  until: string,
): string {
  const group = nodeGroup === '*' ? undefined : nodeGroup;
  return JSON.stringify(present({ rule, cluster, nodeGroup: group, until, reason: '…' }));
}
