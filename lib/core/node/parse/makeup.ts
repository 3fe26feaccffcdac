import { ageEdges, agedStates } from '../makeup.js';
import type { Ages, Holder, Makeup, PortCount, Unanswered } from '../makeup.js';
import { mapped, present } from '../../text/present.js';
import { MAX_UINT32, numbers, object, rememberedPattern, whole, wholes } from './fields.js';

type Answer = Readonly<Record<string, unknown>>;

/** More than the probe ever tells of a list; what is beyond is not its own. */
const MOST_ROWS = 20;

/** What the probe counted over the list of entries. Nothing where it listed none, or its sums are not there. */
export function parseMakeup(answer: Answer): Makeup | undefined {
  const list = object(answer['list']);
  const listed = whole(list?.['read'], MAX_UINT32);
  if (list === undefined || listed === undefined) return undefined;
  const [source, isWhole] = [sourceOf(list['from']), list['whole']];
  const [sums, dns] = [parseSums(list, listed), parseDns(object(list['dns']), listed)];
  if (source === undefined || typeof isWhole !== 'boolean') return undefined;
  if (sums === undefined || dns === undefined) return undefined;
  return present({
    source,
    listed,
    whole: isWhole && !isShort(listed, whole(answer['entries'])),
    protocols: numbers(list['proto'], listed) ?? {},
    tcpStates: states(list['tcp'], listed),
    idleEstablished: whole(list['idle'], listed),
    ...sums,
    dns,
    ages: parseAges(list['ages'], listed),
    unanswered: parseUnanswered(object(list['unanswered']), listed),
    ports: rows(list['ports'], portUpTo(listed)),
    holders: rows(list['holders'], holderUpTo(listed)),
  });
}

/**
 * Whether a list that claims to be whole is far shorter than the table. The table counts entries that have
 * expired until they are collected, by half as many again where short flows come and go; so house bounds are
 * wide.
 */
function isShort(listed: number, entries: number | undefined): boolean {
  return entries !== undefined && listed * 2 + 100 < entries;
}

function sourceOf(value: unknown): Makeup['source'] | undefined {
  return value === 'netlink' || value === 'proc' ? value : undefined;
}

function parseSums(
  list: Answer,
  listed: number,
): Pick<Makeup, 'ipv6' | 'unreplied' | 'assured'> | undefined {
  const ipv6 = whole(list['ipv6'], listed);
  const unreplied = whole(list['unreplied'], listed);
  const assured = whole(list['assured'], listed);
  if (ipv6 === undefined || unreplied === undefined || assured === undefined) return undefined;
  return { ipv6, unreplied, assured };
}

function parseDns(dns: Answer | undefined, listed: number): Makeup['dns'] | undefined {
  const [udp, tcp, unreplied] = ['udp', 'tcp', 'unreplied'].map((name) =>
    whole(dns?.[name], listed),
  );
  if (udp === undefined || tcp === undefined || unreplied === undefined) return undefined;
  return { udp, tcp, unreplied };
}

/** TCP states are upper case, unlike every other name that a node tells. */
const isState = rememberedPattern(/^[A-Z][A-Z0-9_]{2,11}$/, 12);

function states(value: unknown, listed: number): Readonly<Record<string, number>> {
  return wholes(value, isState, listed, MOST_ROWS);
}

/** Nothing where a count is none, or there are more than was listed: ages that are half right mislead. */
function parseAges(value: unknown, listed: number): Ages | undefined {
  const told = object(value);
  if (told === undefined) return undefined;
  const known = mapped(told, agedStates, (counts) =>
    counts === undefined ? undefined : (parseCounts(counts) ?? [listed + 1]),
  );
  let sum = 0;
  for (const counts of Object.values(known)) for (const count of counts) sum += count;
  return sum > listed ? undefined : known;
}

function parseCounts(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value) || value.length > ageEdges.length + 1) return undefined;
  const counts: readonly unknown[] = value;
  return counts.every((count): count is number => whole(count) !== undefined) ? counts : undefined;
}

function parseUnanswered(told: Answer | undefined, listed: number): Unanswered | undefined {
  const entries = whole(told?.['entries'], listed);
  if (told === undefined || entries === undefined) return undefined;
  return present({
    entries,
    states: { ...states(told['states'], entries), ...numbers(told['states'], entries) },
    port: rows(told['ports'], portUpTo(entries))[0],
    holder: rows(told['holders'], holderUpTo(entries))[0],
    toNobody: whole(told['toNobody'], entries),
  });
}

function rows<T>(value: unknown, parse: (row: readonly unknown[]) => T | undefined): T[] {
  const told: readonly unknown[] = Array.isArray(value) ? value : [];
  const sound: T[] = [];
  for (const row of told.slice(0, MOST_ROWS)) {
    const one = Array.isArray(row) ? parse(row) : undefined;
    if (one !== undefined) sound.push(one);
  }
  return sound;
}

const isPort = rememberedPattern(/^[a-z0-9]{1,8}\/\d{1,5}$/, 14);
const isAddress = (text: string) => /^[0-9a-f.:]{2,45}$/.test(text);

const portUpTo = (most: number) => (row: readonly unknown[]) => parsePort(row, most);
const holderUpTo = (most: number) => (row: readonly unknown[]) => parseHolder(row, most);

function parsePort([port, entries]: readonly unknown[], most: number): PortCount | undefined {
  const sound = whole(entries, most);
  if (typeof port !== 'string' || sound === undefined || !isPort(port)) return undefined;
  return { port, entries: sound };
}

function parseHolder(
  [address, entries, owner]: readonly unknown[],
  most: number,
): Holder | undefined {
  const sound = whole(entries, most);
  if (typeof address !== 'string' || sound === undefined || !isAddress(address)) return undefined;
  return present({ address, entries: sound, owner: parseOwner(owner) });
}

/** `host`, or `namespace/pod`: two names as Kubernetes allows them. */
function parseOwner(value: unknown): string | undefined {
  const known =
    typeof value === 'string' && /^(host|[a-z0-9-]{1,63}\/[a-z0-9.-]{1,253})$/.test(value);
  return known ? value : undefined;
}
