import type { MuteTags } from '../node/fleet.js';
import { present } from '../text/present.js';
import { shortened } from '../text/printable.js';

/** Keys of the tags that mute findings of an instance or of a managed node group. Public words. */
export const muteTagKeys = {
  /** A date or a date-time. */
  until: 'conntrack-auditor/silence-until',
  reason: 'conntrack-auditor/silence-reason',
  /** Id of the one rule to mute. Absent: all rules. */
  rule: 'conntrack-auditor/silence-rule',
} as const satisfies Record<keyof MuteTags, string>;

/**
 * Characters of the longest value that EC2 and EKS take.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html
 */
const LONGEST = 256;

/** The mute tags of one resource, bounded. Nothing if it has none. */
export function muteTagsOf(valueOf: (key: string) => string | undefined): MuteTags | undefined {
  const value = (key: string) => {
    const given = valueOf(key);
    return given === undefined ? undefined : shortened(given.trim(), LONGEST);
  };
  const { until, reason, rule } = muteTagKeys;
  const tags = present({ until: value(until), reason: value(reason), rule: value(rule) });
  return Object.keys(tags).length === 0 ? undefined : tags;
}
