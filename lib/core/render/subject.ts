import type { Digest } from '../ledger/digest.js';
import { isOver } from '../ledger/transition.js';
import { plural } from '../text/format.js';
import { changedClusters, changesText, verdict } from './changes.js';
import { unreadText } from './names.js';
import { toldCases } from './told-cases.js';

/**
 * SNS wants less than 100 characters of printable ASCII, and refuses the whole message otherwise.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const SUBJECT_LIMIT = 99;
/** Characters of the changes; longer ones are only counted. A house choice. */
const CHANGES_ROOM = 40;
/** The shortest part of a name that still identifies it. A house choice. */
const NAME_ROOM = 12;

/**
 * The subject of a mail: `[critical] 1 new (table-drops): conntrack in acme-prod, us-east-1 (storefront/web)`. The
 * rule of the worst news and the node group stand there if all fits; else the clusters alone. An
 * account is named by its alias, or by its id, which is never cut, if the alias is too long.
 */
export function subjectOf(digest: Digest): string {
  const { account, region } = digest;
  const names = account === undefined ? [] : [account.alias ?? account.id, account.id];
  const places = [...names.map((name) => `${name}, ${region}`), region];
  const whole = ascii(`${leadOf(digest, places[0] ?? region, worstOf(digest))}${groupOf(digest)}`);
  if (groupOf(digest) !== '' && whole.length <= SUBJECT_LIMIT) return whole;
  const leads = places.map((place) => ascii(leadOf(digest, place)));
  const fits = leads.find((lead) => lead.length <= SUBJECT_LIMIT) ?? leads[0] ?? '';
  const subject = shorten(fits, SUBJECT_LIMIT);
  return subject + clusterList(changedClusters(digest), SUBJECT_LIMIT - subject.length);
}

/** Any text as a subject: printable ASCII, and cut where it is too long. */
export function asciiSubject(text: string): string {
  return shorten(ascii(text), SUBJECT_LIMIT);
}

/** ` (table-drops +3)`: the rule of the worst news, and how many more changes there are. */
function worstOf({ transitions }: Digest): string {
  const [worst] = toldCases(transitions)[0]?.transitions ?? [];
  if (worst === undefined || isOver(worst.kind)) return '';
  const more = transitions.length === 1 ? '' : ` +${transitions.length - 1}`;
  return ` (${worst.finding.rule}${more})`;
}

/** ` (storefront/web)`, if the message is about one node group alone. */
function groupOf({ transitions }: Digest): string {
  const [only, ...others] = toldCases(transitions);
  if (only === undefined || others.length > 0 || only.nodeGroup === '*') return '';
  return ` (${only.cluster}/${only.nodeGroup})`;
}

function leadOf(digest: Digest, place: string, worst = ''): string {
  const said = unreadText(digest.nodes) ?? changesText(digest);
  const news = said.length <= CHANGES_ROOM ? said : plural(digest.transitions.length, 'change');
  const test = digest.test === true ? '[test] ' : '';
  return `${test}[${verdict(digest)}] ${news}${worst}: conntrack in ${place}`;
}

/** ` (storefront, payments +2)`, or nothing if not even a part of one name has room. */
function clusterList(clusters: readonly string[], room: number): string {
  const names = clusters.map(ascii).filter((name) => name !== '');
  const list = (told: readonly string[]) => {
    const more = names.length - told.length;
    return ` (${told.join(', ')}${more === 0 ? '' : ` +${more}`})`;
  };
  for (let told = Math.min(names.length, room); told > 0; told -= 1) {
    const text = list(names.slice(0, told));
    if (text.length <= room) return text;
  }
  const [first = ''] = names;
  const left = room - list(['']).length;
  return first === '' || left < NAME_ROOM ? '' : list([shorten(first, left)]);
}

/** Drops accents, and turns what ASCII or a line cannot hold into `?` or a space. */
function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/gu, '?')
    .trim();
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}
