import { printedText, type Printed } from '../core/render/lines.js';
import { errorLine } from './error-line.js';

const OPTION = /^error: (?<what>option '.*?') argument '(?<value>.*)' is invalid\. (?<why>.*)\n$/s;
const ARGUMENT =
  /^error: command-argument value '(?<value>.*)' is invalid for (?<what>argument '.*?')\. (?<why>.*)\n$/s;

/**
 * Commander's line about a wrong value in the style of every other error: what is wrong, what is
 * allowed, the value. Any other line stays as it is.
 */
export function optionError(line: string): Printed {
  const { what, value = '', why = '' } = (OPTION.exec(line) ?? ARGUMENT.exec(line))?.groups ?? {};
  return what === undefined ? printedText(line) : errorLine(styled(what, value, why));
}

function styled(what: string, value: string, why: string): string {
  const [, choices] = /^Allowed choices are (.*)\.$/s.exec(why) ?? [];
  const message = choices === undefined ? why : `should be one of ${choices}, got '${value}'`;
  const between = message.startsWith("'") ? ': ' : ' ';
  return `${what}${between}${message.replace(/^the value /, '')}`;
}
