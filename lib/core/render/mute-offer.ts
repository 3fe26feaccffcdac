import { isRegion } from '../configuration/regions.js';
import type { Digest } from '../ledger/digest.js';
import { isOver } from '../ledger/transition.js';
import { muteLine } from '../mutes/mute.js';
import { muteTagKeys } from '../mutes/mute-tags.js';
import { present } from '../text/present.js';
import { withEscapes } from '../text/printable.js';
import { copied, placeOf } from './tell-item.js';
import { toldCases, type ToldCase } from './told-cases.js';

/** How long the mute that a message offers holds: a house choice. */
const MUTE_DAYS = 7;

/** One line that mutes the worst case, raw. */
export interface MuteOffer {
  /** `table-drops of shop / web for 7 days`. */
  readonly what: string;
  /** A command to copy, or a line of the configuration. */
  readonly line: string;
  readonly isCommand: boolean;
}

/**
 * What mutes the worst case that is open for a week from the audit on. A managed node group takes it as tags, which
 * need no deployment; everything else is muted in the configuration. Characters of a name that cannot be shown are
 * escaped as in JSON, so that the line still names the same finding.
 */
export function muteOffer(digest: Digest): MuteOffer | undefined {
  const [worst] = toldCases(digest.transitions);
  if (worst?.severity === undefined) return undefined;
  const { cluster, nodeGroup } = worst;
  const rule = onlyRule(worst);
  const until = dayAfter(digest.startedAt);
  const command = tagCommand(worst, rule, until, digest);
  const line =
    command ?? withEscapes(muteLine({ cluster, nodeGroup, ...present({ rule }) }, until));
  return {
    what: `${rule ?? 'all'} of ${placeOf(worst)} for ${MUTE_DAYS} days`,
    line: copied(line),
    isCommand: command !== undefined,
  };
}

/** The rule to mute, if the case is about one alone. */
function onlyRule({ transitions }: ToldCase): string | undefined {
  const open = transitions.filter(({ kind }) => !isOver(kind));
  const [rule, ...others] = new Set(open.map(({ finding }) => finding.rule));
  return others.length === 0 ? rule : undefined;
}

/** Names as EKS takes them: none of their characters means anything to a shell. */
const EKS_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;

/**
 * The ARN of a node group ends in an id that only EKS knows, so the command asks for it.
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/tag-resource.html
 */
function tagCommand(
  { cluster, nodeGroup }: ToldCase,
  rule: string | undefined,
  until: string,
  { region, nodeGroups = [], test }: Digest,
): string | undefined {
  const kind = nodeGroups.find(
    (one) => one.cluster === cluster && one.nodeGroup === nodeGroup,
  )?.kind;
  const names = [cluster, nodeGroup, ...(rule === undefined ? [] : [rule])];
  const areSafe = names.every((name) => EKS_NAME.test(name)) && isRegion(region);
  if (kind !== 'managed' || !areSafe || !/^[\d-]+$/.test(until) || test === true) return undefined;
  const tags = [
    `${muteTagKeys.until}=${until}`,
    `${muteTagKeys.reason}=known`,
    ...(rule === undefined ? [] : [`${muteTagKeys.rule}=${rule}`]),
  ];
  const arn = `aws eks describe-nodegroup --region ${region} --cluster-name ${cluster} --nodegroup-name ${nodeGroup} --query nodegroup.nodegroupArn --output text`;
  return `aws eks tag-resource --region ${region} --tags ${tags.join(',')} --resource-arn "$(${arn})"`;
}

/** The day on which it ends; a place to fill in where a damaged message does not say when it was written. */
function dayAfter(startedAt: string): string {
  const until = new Date(Date.parse(startedAt) + MUTE_DAYS * 86_400_000);
  return Number.isNaN(until.getTime()) ? '<date>' : until.toISOString().slice(0, 10);
}
