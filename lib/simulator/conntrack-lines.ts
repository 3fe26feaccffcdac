import { addressesOf, isInet6 } from './flow-addresses.js';
import type { Flow, Place } from './flow.js';
import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/** File with the kinds of flows of a tree, one a line; its `conntrack` makes lines of them. */
const SPEC = 'entries.spec';

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
  const inet6 = isInet6(flow, machine);
  const placeOf = (place: Place) => addressesOf(place, machine, inet6);
  // Flows of IPv4 that leave the VPC carry the host's address, by the VPC CNI.
  const translated = !inet6 && !['host', 'peers', 'world'].includes(from) && to === 'world';
  return [
    ...[PROTOCOLS[protocol], state, placeOf(from).called, placeOf(to).called],
    ...[placeOf(to).answers, translated ? placeOf('host').called : '-'],
    ...[port, ...seconds, reply],
  ].join(' ');
}

/**
 * A `conntrack` that lists as many entries as the count of the probed tree says, in the format of version
 * 1.4.7, which lists both families unless it is asked for one. Kinds of flows take turns by a multiplicative step, so that each part of the list has the
 * makeup of the whole, as in the order of the kernel's hash.
 *
 * @see https://en.wikipedia.org/wiki/Hash_function#Fibonacci_hashing
 */
export const conntrackTool = String.raw`#!/bin/sh
spec=$CONNTRACK_PROBE_ROOT/${SPEC}
count=$CONNTRACK_PROBE_ROOT/proc/sys/net/netfilter/nf_conntrack_count
[ -r "$spec" ] || { echo 'conntrack: not found' >&2; exit 127; }
shown() { echo "conntrack v1.4.7 (conntrack-tools): $1 flow entries have been shown." >&2; }
only=''
case "$*" in
  '-L -o extended') ;;
  '-L -o extended -f ipv6')
    grep -q : "$spec" || { shown 0; exit 0; }
    only=ipv6
    ;;
  *) echo 'conntrack: only -L -o extended is simulated' >&2; exit 2 ;;
esac
read -r entries <"$count"
list() {
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
  head[FNR] = ($5 ~ /:/ ? "ipv6     10 " : "ipv4     2 ") sprintf("%-8s", $2) " " $3
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
}' "$count" "$spec"
}
[ -n "$only" ] || { list && shown "$entries"; exit; }
list | awk '
$1 == "ipv6" { print; listed++ }
END { print "conntrack v1.4.7 (conntrack-tools): " listed + 0 " flow entries have been shown." >"/dev/stderr" }'
`;
