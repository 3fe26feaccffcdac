import type { Mute } from '../core/mutes/mute.js';
import { mutesSchema } from '../core/mutes/parse-mutes.js';
import { parsed } from '../core/text/parsed.js';
import { ConfigurationError, configured } from './configuration-error.js';

/** Whom an audit tells besides the topic, and what it mutes. */
export interface Telling {
  /**
   * Mutes: findings about which nobody is told until a date, each with its reason. They stay in the
   * report, and people hear of the end of a mute. Every message holds the line that mutes its finding.
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
   * Whether to import critical findings and warnings into Security Hub CSPM, which has to be enabled
   * in the Region and bills each of them.
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

/** `Telling` with every default filled in. */
export interface Told {
  readonly mutes: readonly Mute[];
  readonly events: boolean;
  readonly securityHub: boolean;
  readonly metrics: boolean;
}

/**
 * Bytes of all mutes as JSON: a house choice, as the variables of a function share 4 KB.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MUTES_LIMIT = 2_000;

/** All settings, each checked. */
export function toldFrom(telling: Telling): Told {
  const { silences, events = true, securityHub = false, metrics = true } = telling;
  return { mutes: mutesFrom(silences), events, securityHub, metrics };
}

/** The mutes, each checked, with the full time of its end. */
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
