import { shown } from './cut.js';

/** Characters that Slack reads as a mention or a link, and their entities. */
const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** Marks that make text bold, struck, code or a link, and characters that look alike but do nothing. */
const lookAlikes = new Map([
  ...entities,
  ['*', '∗'],
  ['~', '∼'],
  ['`', 'ˋ'],
  ['[', '［'],
  [']', '］'],
  ['\\', '＼'],
  ['|', '￨'],
  ['#', '＃'],
]);

function replaced(text: string, marks: ReadonlyMap<string, string>): string {
  return Array.from(text, (character) => marks.get(character) ?? character).join('');
}

/**
 * A sentence for chat. Slack has no escape but the three entities, and Teams reads a backslash that Slack
 * prints, so marks become characters that look alike. No address becomes a link, whoever wrote it.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/
 */
export function chatText(text: string, most = 400): string {
  return replaced(shown(text, most).replaceAll('->', '→'), lookAlikes)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/\b(https?):\/\//gi, '$1: //');
}

/** A name as code, where the only marks are the one that ends it and those that ping people. */
export function chatCode(text: string, most = 200): string {
  const safe = replaced(shown(text, most), entities);
  return `\`${safe.replaceAll('`', 'ˋ')}\``;
}
