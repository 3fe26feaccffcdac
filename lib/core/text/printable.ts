/**
 * Characters that do something, or nothing that anybody sees: control characters (those of a terminal among
 * them), line breaks, marks that reorder or hide text, fillers and selectors without a shape, tag characters,
 * halves of characters, the place of an object that is not there, and code points without a character, which some
 * transports refuse.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufffc]/gu;

/** One line of text without them: each becomes `?`. Names come from tags, and a tag may hold anything. */
export function oneLine(text: string): string {
  return text.replace(HIDDEN, '?');
}

/** The same with escapes as in JSON in place of each, so that a parser still reads the text that it was. */
export function withEscapes(text: string): string {
  return text.replace(HIDDEN, (hidden) =>
    hidden
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** One line of at most this many characters; a cut text ends in `…`. */
export function printable(text: string, longest = 200): string {
  return shortened(oneLine(text), longest);
}

/** At most this many characters, for a text from outside. It stays raw: who writes it makes it safe. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
