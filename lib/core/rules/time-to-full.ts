import { ago } from '../text/ago.js';
import type { Severity } from '../judge/severity.js';
import { count, plural } from '../text/format.js';
import { whyThisLimit } from '../limit/node-limit.js';
import { present } from '../text/present.js';
import { defineRule } from '../judge/rule.js';
import { tableMeasures } from '../judge/table-measures.js';
import { withinProbe } from '../measure/since-boot.js';
import type { Churn, UsageAt } from '../node/snapshot.js';
import { straightLine, type StraightLine } from '../measure/straight-line.js';

const HOUR = 3_600;

/** Seconds within which a full table is warned of, and noted. House choices: a shift, and a day. */
const SOON = 6 * HOUR;
const AHEAD = 24 * HOUR;

/** How many times as far ahead as the audits look back a line is believed. A house choice. */
const REACH = 2;

/** Usage below which a rise is a start, and not yet a danger. A house choice. */
const LEAST_USAGE = 0.3;

/** A fall by this share of the table ends a rise; what was before it tells nothing of the next. A house choice. */
const FALL = 0.1;

const FEWEST = 3;

/** Fit (r²) below which ups and downs are no line, and from which they are a steady one of so many audits. House choices. */
const LEAST_FIT = 0.5;
const STEADY_FIT = 0.9;
const STEADY_AUDITS = 4;

/** The audits that a rise is seen in, and the line through them. */
interface Rise extends StraightLine {
  readonly points: readonly UsageAt[];
  /** Seconds between the first of them and this one. */
  readonly seconds: number;
}

/**
 * The table will be full before long if it goes on as in the last audits.
 *
 * A table that fills by a leak or by a load that grows shows it hours before usage alone is worth a
 * warning. A straight line is all that is claimed, and only over as much time as audits carry. Where no
 * audit came before there is nothing to say, and nothing that could not be read: that is a pass.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#predict_linear
 */
export const timeToFull = defineRule({
  id: 'time-to-full',
  title: 'The table will be full before long, at the rate of the last audits',
  fires:
    'usage is at 30 % or more and below 75 %, and the straight line through the last 3 audits or more reaches the limit within 6 hours (warning) or 24 hours (notice), and within twice the time that they span',
  about: 'room',
  proof: 'growth',
  requires: ['table'],
  considers: [
    'trend',
    'churn',
    'kubeProxy',
    'kubeProxyConfigState',
    'memory',
    'shape',
    'vcpus',
    'kernel',
    'os',
  ],

  check(facts, { policy }) {
    const { table, trend = [], churn } = facts;
    const { entries, max } = table;
    const usage = entries / max;
    if (usage < LEAST_USAGE || usage >= policy.warningUsage) return undefined;
    const rise = riseOf(trend, max);
    if (rise === undefined) return undefined;
    const seconds = (max - entries) / rise.slope;
    const severity = severityOf(seconds, rise);
    if (severity === undefined) return undefined;
    const perHour = Number((rise.slope * HOUR).toPrecision(2));
    const why = [whyThisLimit(facts, table), turnedBefore(trend, rise, entries)];
    return present({
      severity,
      summary: `at this rate the table is full in ${about(seconds)}: ${count(entries)} entries now, ${count(perHour)} more each hour over the last ${plural(rise.points.length, 'audit')} (${confidence(rise)})${against(churn)}`,
      measures: { ...tableMeasures(table), secondsToFull: seconds, entriesPerHour: perHour },
      why: why.filter((reason) => reason !== undefined).join('; ') || undefined,
    });
  },
});

/** The line since the last big fall, or since the limit was another one; nothing where it does not rise. */
function riseOf(trend: readonly UsageAt[], max: number): Rise | undefined {
  const begin = trend.findLastIndex((point, at) => begins(point, trend[at - 1], max));
  const points = trend.slice(Math.max(0, begin));
  const [first] = points;
  if (first === undefined || points.length < FEWEST) return undefined;
  const line = straightLine(
    points.map(({ secondsAgo, entries }) => ({ x: -secondsAgo, y: entries })),
  );
  if (line === undefined || line.slope <= 0 || line.fit < LEAST_FIT) return undefined;
  return { ...line, points, seconds: first.secondsAgo };
}

function begins(point: UsageAt, before: UsageAt | undefined, max: number): boolean {
  if (before === undefined) return false;
  return before.max !== point.max || before.entries - point.entries > FALL * max;
}

function severityOf(seconds: number, rise: Rise): Severity | undefined {
  if (seconds > REACH * rise.seconds || seconds > AHEAD) return undefined;
  return seconds <= SOON ? 'warning' : 'notice';
}

function about(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 120) return `about ${plural(minutes, 'minute')}`;
  return `about ${plural(Math.round(seconds / HOUR), 'hour')}`;
}

function confidence({ fit, points }: Rise): string {
  if (fit < STEADY_FIT) return 'uneven: a guess';
  return points.length < STEADY_AUDITS ? 'few audits: a guess' : 'steady';
}

/** What the seconds of the probe say where they say the opposite. They are too few to predict anything. */
function against(churn: Churn | undefined): string {
  if (churn === undefined || churn.entries >= 0) return '';
  return `; against it, ${count(-churn.entries)} fewer ${withinProbe(churn)}`;
}

/** Says so where as many entries came and went before: loads of a day do. */
function turnedBefore(
  trend: readonly UsageAt[],
  { points }: Rise,
  entries: number,
): string | undefined {
  const before = trend.slice(0, trend.length - points.length);
  const most = before.filter((point) => point.entries >= entries).at(-1);
  if (most === undefined) return undefined;
  return `it held ${count(most.entries)} entries ${ago(most.secondsAgo)} and fell again`;
}
