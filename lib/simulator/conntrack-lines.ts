import type { Elsewhere, Flow, Place } from './flow.js';
import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/** File with the kinds of flows of a tree, one a line; its `conntrack` makes lines of them. */
const SPEC = 'entries.spec';

interface Addresses {
  /** Addresses that a flow calls, with commas. `*` stands for 1 to 254 in turn. */
  readonly called: string;
  /** Who answers from there. */
  readonly answers: string;
}

const PEERS = '10.0.200.*';
const elsewhere: Readonly<Record<Elsewhere, Addresses>> = {
  peers: same(PEERS),
  // A block reserved for examples.
  world: same('203.0.113.*'),
  service: { called: '172.20.14.*', answers: PEERS },
  dns: { called: '172.20.0.10', answers: '10.0.200.53,10.0.201.53' },
};

const PROTOCOLS = { tcp: 'tcp 6', udp: 'udp 17' } as const;

/** As many slots as the program below deals in turn. */
const SLOTS = 65_536;

/** The file from which `conntrackTool`'s `conntrack` lists this host's entries, if it can. */
export function entriesFiles(machine: Machine): TreeFiles {
  const { traffic } = machine.conntrack ?? {};
  if (traffic === undefined) return {};
  const total = traffic.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  const rows = traffic.map((flow) => {
    sum += flow.weight;
    return `${Math.round((sum / total) * SLOTS)} ${specOf(flow, machine)}\n`;
  });
  return { [SPEC]: rows.join('') };
}

/** Protocol by name and number, state, four lists of addresses, port, seconds, and how far it got. */
function specOf(flow: Flow, machine: Machine): string {
  const { protocol, state = '-', from, to, port, seconds } = flow;
  const { reply = protocol === 'tcp' ? 'assured' : 'answered' } = flow;
  // Flows that leave the VPC carry the host's address, by the VPC CNI.
  const translated = !['host', 'peers', 'world'].includes(from) && to === 'world';
  return [
    ...[PROTOCOLS[protocol], state, placeOf(from, machine).called, placeOf(to, machine).called],
    ...[placeOf(to, machine).answers, translated ? placeOf('host', machine).called : '-'],
    ...[port, ...seconds, reply],
  ].join(' ');
}

function placeOf(place: Place, { pods = [], hostAddress, goneAddresses = [] }: Machine): Addresses {
  if (isElsewhere(place)) return elsewhere[place];
  if (place === 'host') return same(hostAddress ?? missing(place));
  if (place === 'gone') return same(goneAddresses.join(',') || missing(place));
  const meant = pods.filter(
    ({ namespace, name }) => place === 'pods' || place === `${namespace}/${name}`,
  );
  return same(meant.map(({ address }) => address).join(',') || missing(place));
}

function isElsewhere(place: Place): place is Elsewhere {
  return Object.hasOwn(elsewhere, place);
}

function same(addresses: string): Addresses {
  return { called: addresses, answers: addresses };
}

function missing(place: Place): never {
  throw new Error(`a flow should end where the host has an address, got '${place}'`);
}

/**
 * A `conntrack` that lists as many IPv4 entries as the count of the probed tree says, in the format of
 * version 1.4.7. Kinds of flows take turns by a multiplicative step, so that each part of the list has the
 * makeup of the whole, as in the order of the kernel's hash.
 *
 * @see https://en.wikipedia.org/wiki/Hash_function#Fibonacci_hashing
 */
export const conntrackTool = String.raw`#!/bin/sh
spec=$CONNTRACK_PROBE_ROOT/${SPEC}
count=$CONNTRACK_PROBE_ROOT/proc/sys/net/netfilter/nf_conntrack_count
[ -r "$spec" ] || { echo 'conntrack: not found' >&2; exit 127; }
shown() { echo "conntrack v1.4.7 (conntrack-tools): $1 flow entries have been shown." >&2; }
case "$*" in
  '-L -o extended') ;;
  '-L -o extended -f ipv6') shown 0; exit 0 ;;
  *) echo 'conntrack: only -L -o extended is simulated' >&2; exit 2 ;;
esac
read -r entries <"$count"
awk '
# Each list of kind f is kept as place[list, f, 0..]; "*" gives way to a number.
function keep(list, f, text,   part, i) {
  many[list, f] = split(text, part, ",")
  for (i in part) place[list, f, i - 1] = part[i]
}
function pick(list, f, turn,   address, star) {
  address = place[list, f, turn % many[list, f]]
  star = length(address)
  return substr(address, star) == "*" ? substr(address, 1, star - 1) (1 + turn % 254) : address
}
FNR == NR { entries = $1; next }
{
  kinds = FNR
  upTo[FNR] = $1
  head[FNR] = "ipv4     2 " sprintf("%-8s", $2) " " $3
  state[FNR] = $4 == "-" ? "" : $4 " "
  keep("from", FNR, $5)
  keep("to", FNR, $6)
  keep("answer", FNR, $7)
  answeredTo[FNR] = $8
  port[FNR] = $9
  low[FNR] = $10
  span[FNR] = $11 - $10 + 1
  unreplied[FNR] = $12 == "unreplied" ? "[UNREPLIED] " : ""
  assured[FNR] = $12 == "assured" ? "[ASSURED] " : ""
}
END {
  for (i = 0; kinds > 0 && i < entries; i++) {
    slot = (i * 40503) % ${SLOTS}
    f = 1
    while (slot >= upTo[f]) f++
    turn = turns[f]++
    from = pick("from", f, turn)
    back = answeredTo[f] == "-" ? from : answeredTo[f]
    round = int(turn / many["from", f])
    own = 1024 + i % 64511
    printf "%s %d %ssrc=%s dst=%s sport=%d dport=%d %ssrc=%s dst=%s sport=%d dport=%d %smark=0 use=1\n",
      head[f], low[f] + (turn * 7919) % span[f], state[f], from, pick("to", f, round), own, port[f],
      unreplied[f], pick("answer", f, round), back, port[f], own, assured[f]
  }
}' "$count" "$spec" && shown "$entries"
`;
