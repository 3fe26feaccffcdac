import { present } from '../text/present.js';
import { groupsOf } from './groups.js';

/** One entry of a list by conntrack(8), as far as it is counted. */
export interface Entry {
  readonly proto: string;
  /** Seconds until it expires. Absent: it is in hardware. */
  readonly left?: number;
  /** Of TCP. */
  readonly state?: string;
  readonly source: string;
  /** Who answers. */
  readonly reply: string;
  /** Destination port. */
  readonly port?: string;
  readonly isUnreplied: boolean;
  readonly isAssured: boolean;
  readonly isIpv6: boolean;
}

/** The family where it is told, the protocol, its number, the seconds that are left, and the state of TCP. */
const head = /^(?:ipv[46] +\d+ +)?([a-z][\w-]*) +\d+(?: +(\d+))?(?: +([A-Z][A-Z0-9_]*))? +/;
const addressed = / src=(\S+)/;

/**
 * Reads `tcp 6 86392 ESTABLISHED src= dst= sport= dport= src= ... [ASSURED]`, with the family before it or without.
 * Nothing where it does not say who asked and who answers: words of the program, or a line that was cut.
 */
export function parseEntry(line: string): Entry | undefined {
  const text = ` ${line.trim()}`;
  const begins = groupsOf(head, text.trimStart());
  const [asked = '', answer = ''] = parted(text);
  const [source, reply] = [groupsOf(addressed, asked)(1), groupsOf(addressed, answer)(1)];
  if (begins(1) === '' || source === '' || reply === '') return undefined;
  const [proto, left, state, port] = [
    begins(1),
    begins(2),
    begins(3),
    groupsOf(/ dport=(\S+)/, asked)(1),
  ];
  return present({
    proto,
    left: left === '' ? undefined : Number(left),
    state: proto === 'tcp' && state !== '' ? state : undefined,
    source,
    reply,
    port: port === '' ? undefined : port,
    isUnreplied: asked.includes(' [UNREPLIED]'),
    isAssured: text.includes('[ASSURED]'),
    isIpv6: source.includes(':'),
  });
}

/** What was asked, and what answers: each begins with an address. */
function parted(text: string): readonly string[] {
  const second = text.indexOf(' src=', text.indexOf(' src=') + 1);
  return second < 0 ? [] : [text.slice(0, second), text.slice(second)];
}
