# One line of the list: "ipv4 2 tcp 6 86392 ESTABLISHED src= dst= sport= dport= src= ... [ASSURED]". Flows
# in hardware have no seconds and no state, so fields are known by their names. What does not say who asked
# and who answers is no entry: words of the program, or a line that was cut.
function entry(   proto, left, state, source, reply, port, i, mark, silent, sure, class, who) {
  if (ignored) return
  proto = $3
  i = 5
  if ($i ~ /^[0-9]+$/) left = $(i++)
  if (proto == "tcp" && $i ~ /^[A-Z]/) state = $(i++)
  for (; i <= NF; i++) {
    mark = substr($i, 1, 4)
    if (mark == "src=") {
      if (source != "") { reply = substr($i, 5); break }
      source = substr($i, 5)
    } else if (mark == "dpor") port = substr($i, 7)
    else if (mark == "[UNR") silent = 1
  }
  if (reply == "") return
  if (listed >= cap) { cut = 1; return }
  listed++
  if (section == "@netlink") origin = "netlink"
  if ($1 == "ipv6") inet6++
  protos[proto in knownProto ? proto : "other"]++
  sure = (index($0, "[ASSURED]") > 0)
  unreplied += silent
  assured += sure
  class = proto == "tcp" ? state : proto == "udp" ? (sure ? "UDP_STREAM" : "UDP") : ""
  if (state != "") {
    states[state]++
    # The kernel keeps those for minutes only, as long as nobody acknowledges.
    if (state == "ESTABLISHED" && !sure && left + 0 <= limit["UNACKNOWLEDGED"]) class = "UNACKNOWLEDGED"
    else if (state == "ESTABLISHED" && left + 3600 <= established) idle++
  }
  if (left != "" && class in limit) aged[class, left]++
  if (port != "") {
    port = proto "/" port
    ports[port]++
    if (port == "udp/53" || port == "tcp/53") { dns[proto]++; dnsUnreplied += silent }
  }
  if (source in owner) who = source
  else if (reply in owner) who = reply
  else who = $1 == "ipv6" ? charged(source, reply) : source
  held[who]++
  if (silent || class == "UNACKNOWLEDGED" || state ~ /^SYN_/) unanswered(proto, state, port, who)
}
# Half-open flows, and those whose last words nobody answered or acknowledged. Where no end of an opening
# one is here, its pod has gone, and the next pod with that address would be given it.
function unanswered(proto, state, port, who) {
  open++
  openStates[state != "" ? state : proto in knownProto ? proto : "other"]++
  if (port != "") openPorts[port]++
  openHeld[who]++
  if (state == "SYN_SENT" && !(key(who) in owner)) toNobody++
}
# Counts of entries by the seconds since their last packet, in classes that begin with 0 and with each of
# these. Seconds that are left are whole, and so are ages.
function ages(   edge, edges, pair, part, age, i, bin, most, name, n, counts, members) {
  edges = split("10 20 30 60 120 300 600 3600 7440", edge, " ")
  for (pair in aged) {
    split(pair, part, SUBSEP)
    age = limit[part[1]] - part[2]
    i = 0
    while (i < edges && age >= edge[i + 1]) i++
    bin[part[1], i] += aged[pair]
    if (!(part[1] in most) || i > most[part[1]]) most[part[1]] = i
  }
  n = split("SYN_SENT ESTABLISHED UNACKNOWLEDGED CLOSE_WAIT TIME_WAIT UDP UDP_STREAM", name, " ")
  for (pair = 1; pair <= n; pair++) {
    if (!(name[pair] in most)) continue
    counts = ""
    for (i = 0; i <= most[name[pair]]; i++) counts = counts "," number(bin[name[pair], i] + 0 "")
    members = members member(name[pair], array(counts))
  }
  return "{" substr(members, 2) "}"
}
# Who opened the flow, where that is known here; else who was called; else whatever opened it.
function charged(source, reply) { return (!(key(source) in owner) && (key(reply) in owner)) ? reply : source }

function before(a, b, counts) { return counts[a] > counts[b] || (counts[a] == counts[b] && a < b) }
# The largest counts, most first, in best[1..n].
function top(counts, most, best,   name, n, i) {
  n = 0
  for (name in counts) {
    if (n == most && !before(name, best[n], counts)) continue
    if (n < most) n++
    for (i = n; i > 1 && before(name, best[i - 1], counts); i--) best[i] = best[i - 1]
    best[i] = name
  }
  return n
}
function rows(n, best, counts, owners,   i, who, text) {
  for (i = 1; i <= n; i++) {
    who = owners && (key(best[i]) in owner) ? "," string(owner[key(best[i])], 320) : ""
    text = text ",[" string(best[i]) "," number(counts[best[i]] "") who "]"
  }
  return array(text)
}
function list(most, withAges,   lookups, whole, halfOpen) {
  if (origin == "") return ""
  # A list is whole where each program that was asked for it came to its end.
  whole = !cut && (origin == "proc" ? done["@proc"] : done["@netlink"] && (inet6First || done["@inet6"]))
  lookups = member("udp", dns["udp"] + 0 "") member("tcp", dns["tcp"] + 0 "") member("unreplied", dnsUnreplied + 0 "")
  halfOpen = member("entries", open + 0 "") \
    member("states", "{" substr(tally("SYN_SENT SYN_SENT2 SYN_RECV ESTABLISHED udp tcp icmp icmpv6 sctp gre other", openStates), 2) "}") \
    member("ports", rows(openPortsFound, bestOpenPort, openPorts, 0)) member("holders", rows(openHoldersFound, bestOpenHolder, openHeld, 1)) \
    member("toNobody", podsKnown ? toNobody + 0 "" : "")
  return object(member("from", string(origin)) member("read", listed + 0 "") member("whole", whole ? "true" : "false") \
    member("proto", "{" substr(tally("tcp udp icmp icmpv6 sctp gre other", protos), 2) "}") \
    member("tcp", "{" substr(tally("SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT CLOSE_WAIT LAST_ACK TIME_WAIT CLOSE SYN_SENT2", states), 2) "}") \
    member("idle", established > 0 ? idle + 0 "" : "") member("ipv6", inet6 + 0 "") \
    member("unreplied", unreplied + 0 "") member("assured", assured + 0 "") member("dns", object(lookups)) \
    member("ages", withAges ? ages() : "") member("unanswered", withAges ? object(halfOpen) : "") \
    member("ports", rows(most < portsFound ? most : portsFound, bestPort, ports, 0)) \
    member("holders", rows(most < holdersFound ? most : holdersFound, bestHolder, held, 1)))
}
