/**
 * What must not reach people, written out: control characters but the line break, what hides or reorders
 * text, tag characters, selectors, and halves of characters.
 */
export const ESCAPE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\u{E0000}-\u{E0FFF}]|\p{Cs}/u;
