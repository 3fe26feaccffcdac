import { gapReasons } from '../../node/gap.js';
import type { Overview, SharedAction } from '../../organization/overview.js';
import type { Place, PlaceGap } from '../../organization/part.js';
import { severities } from '../../judge/severity.js';
import { percent, plural, count } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { gapText } from '../gap-text.js';
import { shareOf } from '../screen/action-text.js';

/** How many places one line names. A house choice. */
const PLACES_NAMED = 3;

/** `shop-prod (111122223333)`, or the id alone. */
function accountName({ account, name }: Pick<Place, 'account' | 'name'>): string {
  return name === undefined ? account : `${name} (${account})`;
}

/** `shop-prod (111122223333), eu-west-1`. */
export function placeName(place: Place): string {
  return `${accountName(place)}, ${place.region}`;
}

/** `3 critical, 1 warning`; `no findings` where there are none. */
export function countsText(counts: Overview['findings']): string {
  const said = severities.filter((one) => counts[one] > 0);
  return said.map((one) => `${count(counts[one])} ${one}`).join(', ') || 'no findings';
}

/** `36 audits = 30 done + 6 not done; 3 of them without a cluster`. */
export function auditsText({ audits: { wanted, done, empty } }: Overview): string {
  const none = empty === 0 ? '' : `; ${count(empty)} of those done found no cluster`;
  return `${plural(wanted, 'audit')} = ${count(done)} done + ${count(wanted - done)} not done${none}`;
}

/** `52 nodes discovered = 43 read + 9 silent`. */
export function nodesText({ nodes: { discovered, read, silent } }: Overview): string {
  return `${plural(discovered, 'node')} discovered = ${count(read)} read + ${count(silent)} silent`;
}

/** `10 critical on 43 nodes read in 10 accounts; 9 nodes silent; 6 audits not done`. */
export function headlineOf({ findings, nodes, accounts, audits }: Overview): string {
  const missed = audits.wanted - audits.done;
  return [
    `${countsText(findings)} on ${plural(nodes.read, 'node')} read in ${plural(accounts, 'account')}`,
    ...(nodes.silent === 0 ? [] : [`${plural(nodes.silent, 'node')} silent`]),
    ...(missed === 0 ? [] : [`${plural(missed, 'audit')} not done`]),
  ].join('; ');
}

/** `in a, b, c and 4 more`: where an action is to be done. */
export function placesText({ places, morePlaces = 0 }: SharedAction): string {
  const more = places.length - PLACES_NAMED + morePlaces;
  const named = places
    .slice(0, PLACES_NAMED)
    .map((place) => `${place.name ?? place.account} ${place.region}`);
  return `in ${named.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** `2 critical, 2 nodes, web 97% -> 24%`: what an action settles, and what it makes of the fullest table. */
export function settlesAll({ settles, nodes, places }: SharedAction): string {
  const [first] = places;
  const effect = first?.effect;
  const shares = effect === undefined ? [] : [shareOf(effect.before), shareOf(effect.after)];
  const [was, will] = shares;
  const change =
    effect === undefined || was === undefined || will === undefined || was === will
      ? []
      : [`${effect.nodeGroup} ${was} -> ${will}`];
  return [countsText(settles), plural(nodes, 'node'), ...change].join(', ');
}

/** `97%`; nothing where no table was read. */
export function fullestOf({ worst }: Overview['cases'][number]): string {
  return worst === undefined ? '' : percent(worst.entries / worst.max);
}

/** Gaps in lines: what is alike in several Regions of an account is one. */
export function gapLines(gaps: readonly PlaceGap[]): string[] {
  const alike = groupBy(gaps, ({ account, about, subject, operation, reason }) =>
    JSON.stringify([account, about, subject, operation, reason]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const where = `${accountName(first)}, ${group.map(({ region }) => region).join(', ')}`;
    return `${where}: ${first.about === 'audit' ? missedText(first) : gapText(first)}`;
  });
}

function missedText({ reason, operation, detail }: PlaceGap): string {
  const isRole = operation === 'sts:AssumeRole' && reason === 'not-permitted';
  const why = isRole ? 'the role is not there, or does not trust the caller' : gapReasons[reason];
  return `not audited: ${why} (${operation}): ${detail}`;
}
