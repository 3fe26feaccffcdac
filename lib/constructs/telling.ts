import type { Mute } from '../core/mutes/mute.js';
import { mutesSchema } from '../core/mutes/parse-mutes.js';
import { parsed } from '../core/text/parsed.js';
import { ConfigurationError, configured } from './configuration-error.js';

/** Who is told what of an audit, beside the topic, and when nobody is. */
export interface Telling {
  /**
   * Findings that nobody is told of until a date, each with its reason. They stay in the report, and
   * their end is announced. Every message holds the line that mutes its finding.
   *
   * @default - none; tags `conntrack-auditor/silence-until` on nodes mute too
   */
  readonly silences?: Mute[];

  /**
   * Whether each change of a finding becomes an event on the default bus of the account, with the
   * source `conntrack-auditor`.
   *
   * @default true
   */
  readonly events?: boolean;

  /**
   * Whether critical findings and warnings are imported into Security Hub CSPM, which has to be
   * enabled in the Region and bills each of them.
   *
   * @default false
   */
  readonly securityHub?: boolean;

  /**
   * Whether each audit writes up to three CloudWatch metrics for each cluster, and a dashboard shows them.
   * CloudWatch bills each metric for the hours that have one.
   *
   * @default true
   */
  readonly metrics?: boolean;
}

/** What is told, with every default filled in. */
export interface Told {
  readonly mutes: readonly Mute[];
  readonly events: boolean;
  readonly securityHub: boolean;
  readonly metrics: boolean;
}

/**
 * Bytes of all mutes as JSON. The variables of a function share 4 KB; the rest of them is a house
 * choice.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MUTES_LIMIT = 2_000;

/** All of it, after each has been checked. */
export function toldFrom(telling: Telling): Told {
  const { silences, events = true, securityHub = false, metrics = true } = telling;
  return { mutes: mutesFrom(silences), events, securityHub, metrics };
}

/** The mutes, after each has been checked, with the time of their end in whole. */
function mutesFrom(mutes: readonly Mute[] = []): Mute[] {
  const checked = configured(() => parsed(mutesSchema, mutes, { key: 'silences' }));
  const bytes = Buffer.byteLength(JSON.stringify(checked));
  if (bytes > MUTES_LIMIT) {
    throw new ConfigurationError(
      `'silences' should take at most ${MUTES_LIMIT} bytes as JSON, got ${bytes}; tags on nodes mute too`,
    );
  }
  return checked;
}
