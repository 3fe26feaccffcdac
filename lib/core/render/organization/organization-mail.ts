import type { MissedAudit } from '../../organization/missed.js';
import type { OrganizationDigest } from '../../organization/organization-digest.js';
import type { PlacedCase, SharedAction } from '../../organization/overview.js';
import { count, plural } from '../../text/format.js';
import { byteLength, cut, cutWords, shown, timeText } from '../cut.js';
import { printedLines, spaced, type Printed } from '../lines.js';
import { MAIL_LIMIT } from '../mail.js';
import { caseName } from '../selection.js';
import { asciiSubject } from '../subject.js';
import { wrapped } from '../wrapped.js';
import { countsText, fullestOf, placeName, placesText, settlesAll } from './names.js';

/** How many of each a mail tells. House choices: fewer where they are too long together. */
const SHOWN = [10, 5, 2] as const;
const UNREAD_SHOWN = 3;

/** `[critical] 12 critical, 3 audits missed: conntrack in 240 accounts`: printable ASCII, less than 100 characters. */
export function organizationSubject(digest: OrganizationDigest): string {
  const { overview, missed, moreMissed } = digest;
  const late = missed.length + moreMissed;
  const severity = worstOf(digest);
  const news = [
    countsText(overview.findings),
    ...(late > 0 ? [`${plural(late, 'audit')} missed`] : []),
  ];
  return asciiSubject(
    `[${severity}] ${news.join(', ')}: conntrack in ${plural(overview.accounts, 'account')}`,
  );
}

function worstOf({ overview: { findings }, missed }: OrganizationDigest): string {
  if (findings.critical > 0) return 'critical';
  if (findings.warning > 0 || missed.length > 0) return 'warning';
  return findings.notice > 0 ? 'notice' : 'ok';
}

/**
 * The body of the mail about an organization: who fell silent, what to do over all accounts, where it is worst, what it
 * costs. Ends with a line break.
 */
export function organizationMail(digest: OrganizationDigest): Printed {
  const bodies = SHOWN.map((most) => printedLines(spaced(blocksOf(digest, most))));
  const fits = bodies.find((body) => byteLength(body) <= MAIL_LIMIT);
  return fits ?? printedLines(spaced([headOf(digest), linkLines(digest)]));
}

function blocksOf(digest: OrganizationDigest, most: number): (readonly string[])[] {
  return [
    headOf(digest),
    missedLines(digest, most),
    unreadLines(digest),
    planLines(digest, most),
    caseLines(digest, most),
    linkLines(digest),
  ];
}

function headOf({ at, overview, auditors, incomplete }: OrganizationDigest): string[] {
  const { nodes, clusters, accounts, findings } = overview;
  const { known, inTime, empty } = auditors;
  const scope = `${plural(nodes.discovered, 'node')} of ${plural(clusters, 'cluster')} = ${count(nodes.read)} read + ${count(nodes.silent)} silent`;
  const audits = `${plural(known, 'auditor')} = ${count(inTime)} in time + ${count(known - inTime)} missed`;
  const more = [
    ...(empty === 0 ? [] : [`${count(empty)} found no cluster`]),
    ...(incomplete === 0 ? [] : [`${count(incomplete)} could not read everything`]),
  ];
  return [
    ...wrapped(`conntrack in ${plural(accounts, 'account')}: ${countsText(findings)}`, '  ', ''),
    ...wrapped(`by the last audits: ${scope}`, '  ', ''),
    ...wrapped([audits, ...more].join('; '), '  ', ''),
    timeText(at),
  ];
}

function missedLines({ missed, moreMissed }: OrganizationDigest, most: number): string[] {
  if (missed.length === 0) return [];
  return [
    `NO AUDIT: ${plural(missed.length + moreMissed, 'account and Region', 'accounts and Regions')}, of which nothing new is known`,
    ...missed.slice(0, most).flatMap(missedLine),
    ...moreLine(missed.length - most + moreMissed),
  ];
}

function missedLine(missed: MissedAudit): string[] {
  const { lastAt, cadenceSeconds } = missed;
  const why =
    lastAt === undefined
      ? 'never audited'
      : `last audit ${timeText(lastAt)}, and one is due every ${spanText(cadenceSeconds ?? 0)}`;
  return wrapped(`${shown(placeName(missed), 120)}: ${why}`, '    ', '  ');
}

/** `6 h`, `30 min`, `2 d`. */
function spanText(seconds: number): string {
  if (seconds >= 172_800 && seconds % 86_400 === 0) return `${count(seconds / 86_400)} d`;
  if (seconds >= 3_600) return `${count(Math.round(seconds / 360) / 10)} h`;
  return `${count(Math.round(seconds / 60))} min`;
}

function unreadLines({ unread, moreUnread }: OrganizationDigest): string[] {
  if (unread.length === 0) return [];
  return [
    `NOT READ: ${plural(unread.length + moreUnread, 'record')}`,
    ...unread
      .slice(0, UNREAD_SHOWN)
      .flatMap(({ key, why }) =>
        wrapped(`${shown(key, 120)}: ${cutWords(why, 200)}`, '    ', '  '),
      ),
    ...moreLine(unread.length - UNREAD_SHOWN + moreUnread),
  ];
}

function planLines({ overview }: OrganizationDigest, most: number): string[] {
  const { actions, moreActions } = overview;
  if (actions.length === 0) return [];
  return [
    'PLAN, over all accounts',
    ...actions.slice(0, most).flatMap(actionLines),
    ...moreLine(actions.length - most + moreActions),
  ];
}

function actionLines(action: SharedAction, at: number): string[] {
  const said = `settles ${settlesAll(action)}; ${placesText(action)}`;
  return [
    ...wrapped(cutWords(action.title, 160), '     ', `  ${at + 1}. `),
    ...wrapped(cutWords(said, 300), '     '),
  ];
}

function caseLines({ overview }: OrganizationDigest, most: number): string[] {
  const { cases, moreCases } = overview;
  if (cases.length === 0) return [];
  return [
    'WORST',
    ...cases.slice(0, most).flatMap(caseLine),
    ...moreLine(cases.length - most + moreCases),
  ];
}

function caseLine(one: PlacedCase): string[] {
  const full = fullestOf(one);
  const nodes = `${count(one.affected)} of ${plural(one.nodes, 'node')}`;
  const numbers = [nodes, ...(full === '' ? [] : [`the fullest at ${full}`])].join(', ');
  const where = `${shown(placeName(one), 120)}: ${cut(caseName(one), 120)}`;
  return wrapped(`${one.severity}  ${where}, ${numbers} (${one.signs.join(', ')})`, '    ', '  ');
}

function linkLines({ location, usdAMonth }: OrganizationDigest): string[] {
  return [
    `COST  about ${usdAMonth.toFixed(2)} USD a month, by list prices and with metrics`,
    `RECORDS  ${cut(location, 300)}`,
  ];
}

function moreLine(more: number): string[] {
  return more > 0 ? [`  and ${count(more)} more`] : [];
}
