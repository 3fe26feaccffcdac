import type { Duration } from 'aws-cdk-lib';
import { defaultPolicy } from '../core/judge/policy.js';
import { parseMutes, type Mute } from '../core/mutes/mute.js';
import { ConfigurationError } from './configuration-error.js';

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
   * How long after people were last told of a critical finding they are reminded of it.
   *
   * @default Duration.hours(24)
   */
  readonly remindAfter?: Duration;

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

/** What is told, with every default filled in. The time of reminders is part of the policy. */
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

const HOUR = 3_600;
const LONGEST_DAYS = 30;

/** All but the time of reminders, after each has been checked. */
export function toldFrom(telling: Telling): Told {
  const { silences, events = true, securityHub = false, metrics = true } = telling;
  return { mutes: mutesFrom(silences), events, securityHub, metrics };
}

/** The mutes, after each has been checked, with the time of their end in whole. */
function mutesFrom(mutes: readonly Mute[] = []): Mute[] {
  const parsed = checked(mutes);
  const bytes = Buffer.byteLength(JSON.stringify(parsed));
  if (bytes > MUTES_LIMIT) {
    throw new ConfigurationError(
      `'silences' should take at most ${MUTES_LIMIT} bytes as JSON, got ${bytes}; tags on nodes mute too`,
    );
  }
  return parsed;
}

function checked(mutes: unknown): Mute[] {
  try {
    return parseMutes(mutes);
  } catch (error) {
    // The parser is of the core, which knows no configuration; whoever wrote the value needs its sentence.
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(message, { cause: error });
  }
}

/** Seconds after which people are reminded. House limits: a reminder in each audit would be noise. */
export function remindAfterFrom(remindAfter?: Duration): number {
  if (remindAfter === undefined) return defaultPolicy.remindAfterSeconds;
  const seconds = remindAfter.toSeconds();
  if (seconds < HOUR || seconds > LONGEST_DAYS * 24 * HOUR) {
    throw new ConfigurationError(
      `'remindAfter' should be from 1 hour to ${LONGEST_DAYS} days, got ${remindAfter.toHumanString()}`,
    );
  }
  return seconds;
}
