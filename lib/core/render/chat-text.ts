import { byteLength, shown } from './cut.js';

declare const safe: unique symbol;

/**
 * Text in the markup of chat. A message takes no other, and only the functions of this file make it: a text
 * that nobody escaped does not compile.
 */
export type ChatText = string & { readonly [safe]: true };

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

/** Chats that parse messages themselves ping a whole channel by its bare word. */
function replaced(text: string, marks: ReadonlyMap<string, string>): string {
  const quiet = text.replace(/@(?=channel|everyone|here)/gi, '＠');
  return Array.from(quiet, (character) => marks.get(character) ?? character).join('');
}

/**
 * A sentence for chat. Slack has no escape but the three entities, and Teams reads a backslash that Slack
 * prints, so marks become characters that look alike. No address becomes a link, and no name a mention,
 * whoever wrote it.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/
 */
export function chatText(text: string, most = 400): ChatText {
  return replaced(shown(text, most).replaceAll('->', '→'), lookAlikes)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
    .replace(/\b([a-z]{2,10}):\/\/(?=[^\s])/gi, noLink) as ChatText;
}

/** `s3://` is no link anywhere, and people copy it. */
function noLink(address: string, scheme: string): string {
  return scheme.toLowerCase() === 's3' ? address : `${scheme}: //`;
}

/** The same with at most this many bytes after all is escaped: no mark is cut in two. */
export function chatWithin(text: string, most: number): ChatText {
  let room = most;
  for (;;) {
    const said = chatText(text, room);
    const over = byteLength(said) - most;
    if (over <= 0) return said;
    // What is escaped is up to five times as long.
    room -= Math.ceil(over / 5);
  }
}

/** A name as code, where the only marks are the one that ends it and those that ping people. */
export function chatCode(text: string, most = 200): ChatText {
  const inside = replaced(shown(text, most), entities);
  return `\`${inside.replaceAll('`', 'ˋ')}\`` as ChatText;
}

/** Our own marks around texts that are in the markup of chat already: `chat\`*New:* ${chatText(name)}\``. */
export function chat(
  marks: TemplateStringsArray,
  ...texts: readonly (ChatText | number)[]
): ChatText {
  return String.raw({ raw: marks }, ...texts) as ChatText;
}

/** An address of `console-links`, which holds nothing that would have to be escaped. */
export function chatLink(address: string): ChatText {
  return address as ChatText;
}

/** Texts one below the other, or with another of our own marks between. */
export function chatJoined(
  texts: readonly ChatText[],
  between: '\n' | '\n\n' | '; ' = '\n',
): ChatText {
  return texts.join(between) as ChatText;
}
