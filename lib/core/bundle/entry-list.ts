import { CountMap } from './count-map.js';
import { AgeTally, classOf, type Limits } from './entry-ages.js';
import { parseEntry, type Entry } from './entry.js';
import type { Owners } from './owners.js';

/** An hour: an ESTABLISHED entry without a packet for so long is idle. */
const IDLE_SECONDS = 3_600;
/** Rows that the probe tells of ports and holders. */
const MOST_ROWS = 6;
const protocols = ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp', 'gre'];

/** What entries are counted by, beside themselves. */
export interface Counting {
  readonly owners: Owners;
  readonly limits: Limits;
}

/** Counts a list of entries into what the probe tells of one, under the probe's own names. */
export class EntryList {
  private readonly protos = new CountMap();
  private readonly states = new CountMap();
  private readonly ports = new CountMap();
  private readonly held = new CountMap();
  private readonly dns = new CountMap();
  private readonly sums = new CountMap();
  private readonly open = { states: new CountMap(), ports: new CountMap(), held: new CountMap() };
  private readonly ages: AgeTally;

  constructor(private readonly by: Counting) {
    this.ages = new AgeTally(by.limits);
  }

  add(line: string): void {
    const entry = parseEntry(line);
    if (entry === undefined) return;
    const { proto, state, port, isUnreplied } = entry;
    const kind = classOf(entry, this.by.limits);
    this.protos.add(knownProtocol(proto));
    if (state !== undefined) this.states.add(state);
    this.addSums(entry, kind);
    this.ages.add(kind, entry.left);
    if (port !== undefined) this.ports.add(`${proto}/${port}`);
    if (port === '53' && ['udp', 'tcp'].includes(proto)) this.addLookup(entry);
    const who = this.by.owners.charged(entry.source, entry.reply);
    this.held.add(who);
    const isOpen = kind === 'UNACKNOWLEDGED' || state?.startsWith('SYN_') === true;
    if (isUnreplied || isOpen) this.addUnanswered(entry, who);
  }

  private addSums(entry: Entry, kind: string | undefined): void {
    const { sums, by } = this;
    sums.add('read');
    sums.add('unreplied', Number(entry.isUnreplied));
    sums.add('assured', Number(entry.isAssured));
    sums.add('ipv6', Number(entry.isIpv6));
    sums.add('idle', Number(isIdle(entry, kind, by.limits)));
  }

  private addLookup({ proto, isUnreplied }: Entry): void {
    this.dns.add(proto);
    if (isUnreplied) this.dns.add('unreplied');
  }

  private addUnanswered({ proto, state, port }: Entry, who: string): void {
    this.sums.add('open');
    this.open.states.add(state ?? knownProtocol(proto));
    if (port !== undefined) this.open.ports.add(`${proto}/${port}`);
    this.open.held.add(who);
    if (state === 'SYN_SENT' && this.by.owners.of(who) === undefined) this.sums.add('toNobody');
  }

  /** The `list` of an answer. Nothing where no entry was listed. */
  told(isWhole: boolean): Record<string, unknown> | undefined {
    if (this.sums.get('read') === 0) return undefined;
    const { sums, dns, by } = this;
    return {
      from: 'netlink',
      read: sums.get('read'),
      whole: isWhole,
      proto: this.protos.told(),
      tcp: this.states.told(),
      ...(by.limits.ESTABLISHED !== undefined && { idle: sums.get('idle') }),
      ipv6: sums.get('ipv6'),
      unreplied: sums.get('unreplied'),
      assured: sums.get('assured'),
      dns: { udp: dns.get('udp'), tcp: dns.get('tcp'), unreplied: dns.get('unreplied') },
      ages: this.ages.told(),
      unanswered: {
        entries: sums.get('open'),
        states: this.open.states.told(),
        ports: this.open.ports.top(1),
        holders: this.withOwners(this.open.held.top(1)),
        ...(by.owners.knowsPods && { toNobody: sums.get('toNobody') }),
      },
      ports: this.ports.top(MOST_ROWS),
      holders: this.withOwners(this.held.top(MOST_ROWS)),
    };
  }

  private withOwners(rows: readonly (readonly [string, number])[]): unknown[] {
    return rows.map(([address, entries]) => {
      const owner = this.by.owners.of(address);
      return owner === undefined ? [address, entries] : [address, entries, owner];
    });
  }
}

function knownProtocol(proto: string): string {
  return protocols.includes(proto) ? proto : 'other';
}

function isIdle({ state, left = 0 }: Entry, kind: string | undefined, limits: Limits): boolean {
  const limit = limits.ESTABLISHED;
  if (limit === undefined || state !== 'ESTABLISHED' || kind === 'UNACKNOWLEDGED') return false;
  return left + IDLE_SECONDS <= limit;
}
