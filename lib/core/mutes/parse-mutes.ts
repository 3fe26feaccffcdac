import * as v from 'valibot';
import { ruleTexts } from '../rules/index.js';
import { keyed } from '../text/keyed.js';
import { present } from '../text/present.js';
import type { Mute } from './mute.js';

/** House limits: the text of people fits, and the output of a broken machine does not. */
const MOST = 1_000;
const LONGEST = 255;

const TEXT = `should be a text of 1 to ${LONGEST} characters`;
const text = v.pipe(
  v.string(TEXT),
  v.check((value) => value.trim() !== '' && Array.from(value).length <= LONGEST, TEXT),
);

const ids = ruleTexts.map(({ id }) => id);
const RULE = `should be one of ${ids.join(', ')}`;
const rule = v.picklist(ids, RULE);

const UNTIL =
  'should be a date (2026-12-01, from 00:00 UTC on) or a date-time with its zone (2026-12-01T08:00:00Z)';
const until = v.pipe(
  v.string(UNTIL),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const end = endOf(dataset.value);
    if (end !== undefined) return end;
    addIssue({ message: UNTIL });
    return NEVER;
  }),
);

const targets = ['rule', 'cluster', 'nodeGroup', 'instanceId'] as const;

/** A misspelt mute must not mute more, or nothing, so the schema refuses unknown keys. */
export const muteSchema = v.pipe(
  keyed({
    rule: v.optional(rule),
    cluster: v.optional(text),
    nodeGroup: v.optional(text),
    instanceId: v.optional(text),
    until,
    reason: text,
  } satisfies Record<keyof Mute, v.GenericSchema>),
  v.check(
    (mute) => targets.some((key) => mute[key] !== undefined),
    `should have one of ${targets.join(', ')}`,
  ),
  v.transform((mute): Mute => present(mute)),
);

/** The mutes of a configuration: a list of objects. */
export const mutesSchema = v.pipe(
  v.array(muteSchema, 'should be a list of mutes'),
  v.maxLength(MOST, ({ received }) => `should be at most ${MOST} mutes, not ${received}`),
);

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * The end of a mute as a full time of ISO 8601, UTC. A date alone is the beginning of that day in UTC.
 * Nothing for a date-time without a zone, a day that no calendar has, and a text that is no time.
 */
export function endOf(value: string): string | undefined {
  const date = DATE_TIME.exec(value)?.[1];
  if (date === undefined || !isDay(date)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Whether the calendar has this day; `Date` alone turns 30 February into 2 March. */
function isDay(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
