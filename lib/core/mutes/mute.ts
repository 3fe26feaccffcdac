import type { Finding } from '../judge/finding.js';
import { object } from '../node/parse/fields.js';
import { present } from '../text/present.js';
import { ruleTexts } from '../rules/index.js';

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

/** House limits: what people write fits, and what a machine went wrong with does not. */
const MOST = 1_000;
const LONGEST = 255;

const targets = ['rule', 'cluster', 'nodeGroup', 'instanceId'] as const;
const keys: readonly string[] = [...targets, 'until', 'reason'];

/**
 * Mutes as a configuration has them: a list of objects. Fails on anything that is not one, with the
 * value and what is allowed: a mute that is misspelt must not mute more, or nothing.
 */
export function parseMutes(value: unknown): Mute[] {
  if (!Array.isArray(value)) throw new Error(`mutes should be a list, got ${shown(value)}`);
  if (value.length > MOST) {
    throw new Error(`there should be at most ${MOST} mutes, got ${value.length}`);
  }
  return value.map((one, at) => parseMute(one, `mute ${at + 1}`));
}

function parseMute(value: unknown, name: string): Mute {
  const fields = object(value);
  if (fields === undefined) throw new Error(`${name} should be an object, got ${shown(value)}`);
  const unknown = Object.keys(fields).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw new Error(`${name} has no '${unknown}', only ${keys.join(', ')}`);
  }
  const about = targets.filter((key) => fields[key] !== undefined);
  if (about.length === 0) {
    throw new Error(`${name} should have one of ${targets.join(', ')}, got ${shown(value)}`);
  }
  const chosen = about.map((key) => [key, text(fields[key], `'${key}' of ${name}`)]);
  const { rule, ...others } = Object.fromEntries(chosen) as Partial<Mute>;
  return {
    ...(rule === undefined ? {} : { rule: knownRule(rule, name) }),
    ...others,
    until: parseUntil(fields['until'], `'until' of ${name}`),
    reason: text(fields['reason'], `'reason' of ${name}`),
  };
}

function knownRule(rule: string, name: string): string {
  const known = ruleTexts.map(({ id }) => id);
  if (known.includes(rule)) return rule;
  throw new Error(`'rule' of ${name} should be one of ${known.join(', ')}, got '${rule}'`);
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST) return value;
  throw new Error(`${name} should be a text of 1 to ${LONGEST} characters, got ${shown(value)}`);
}

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * The end of a mute as ISO 8601, UTC, in whole. A date alone is the beginning of that day in UTC. Fails
 * on a date-time without a zone, and on a day that no calendar has.
 */
export function parseUntil(value: unknown, name: string): string {
  const date = typeof value === 'string' ? DATE_TIME.exec(value)?.[1] : undefined;
  const time = date === undefined ? NaN : Date.parse(String(value));
  if (date === undefined || Number.isNaN(time) || !isDay(date)) {
    throw new Error(
      `${name} should be a date (2026-12-01, from 00:00 UTC on) or a date-time with its zone (2026-12-01T08:00:00Z), got ${shown(value)}`,
    );
  }
  return new Date(time).toISOString();
}

/** Whether the calendar has this day; `Date` alone makes the 2nd of March of the 30th of February. */
function isDay(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
