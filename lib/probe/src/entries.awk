# One line of the list: "ipv4 2 tcp 6 86392 ESTABLISHED src= dst= sport= dport= src= ... [ASSURED]". Flows
# in hardware have no seconds and no state, so fields are known by their names.
function entry(   proto, left, state, source, reply, port, i, mark, silent) {
  if (NF < 6 || ignored || ++seen > cap) { cut += (NF >= 6 && !ignored); return }
  listed++
  if ($1 == "ipv6") inet6++
  proto = $3
  protos[proto in knownProto ? proto : "other"]++
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
  if (state != "") {
    states[state]++
    if (state == "ESTABLISHED" && left + 3600 <= established) idle++
  }
  unreplied += silent
  assured += (index($0, "[ASSURED]") > 0)
  if (port != "") {
    ports[proto "/" port]++
    if (port == "53" && (proto == "udp" || proto == "tcp")) { dns[proto]++; dnsUnreplied += silent }
  }
  if (source in owner) held[source]++
  else if (reply in owner) held[reply]++
  else held[$1 == "ipv6" ? charged(source, reply) : source]++
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
function list(most,   lookups) {
  if (origin == "") return ""
  lookups = member("udp", dns["udp"] + 0 "") member("tcp", dns["tcp"] + 0 "") member("unreplied", dnsUnreplied + 0 "")
  return object(member("from", string(origin)) member("read", listed + 0 "") member("whole", cut ? "false" : "true") \
    member("proto", "{" substr(tally("tcp udp icmp icmpv6 sctp gre other", protos), 2) "}") \
    member("tcp", "{" substr(tally("SYN_SENT SYN_RECV ESTABLISHED FIN_WAIT CLOSE_WAIT LAST_ACK TIME_WAIT CLOSE SYN_SENT2", states), 2) "}") \
    member("idle", established > 0 ? idle + 0 "" : "") member("ipv6", inet6 + 0 "") \
    member("unreplied", unreplied + 0 "") member("assured", assured + 0 "") member("dns", object(lookups)) \
    member("ports", rows(most < portsFound ? most : portsFound, bestPort, ports, 0)) \
    member("holders", rows(most < holdersFound ? most : holdersFound, bestHolder, held, 1)))
}
