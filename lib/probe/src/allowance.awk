# Lines of ethtool: "     conntrack_allowance_exceeded: 0".
function allowance(   part, name, value) {
  if (split($0, part, ":") != 2) return
  name = part[1]
  value = part[2]
  gsub(/[ \t]/, "", name)
  gsub(/[ \t]/, "", value)
  if (number(value) == "") return
  if (name == "conntrack_allowance_available") {
    # Each interface tells what is left for the whole instance; one that carries nothing tells an old number.
    left[isLater, ++gauges[isLater]] = value
  } else if (sub(/_allowance_exceeded$/, "", name) && index(" bw_in bw_out pps conntrack linklocal ", " " name " ")) {
    exceeded[isLater, name] += value
    if (name == "conntrack") nics[isLater]++
  }
}
# The least that is left, of those that moved between the two readings where any did.
function available(   i, moved, least) {
  for (i = 1; i <= gauges[0]; i++) if (gauges[1] == gauges[0] && left[1, i] != left[0, i]) moves[i] = moved = 1
  for (i = 1; i <= gauges[0]; i++) if ((!moved || i in moves) && (least == "" || left[0, i] + 0 < least + 0)) least = left[0, i]
  return member("available", number(least)) (gauges[0] > 0 && gauges[1] == gauges[0] ? member("moves", moved ? "true" : "false") : "")
}
function ena(   name, n, i, by, exceededMembers, grownMembers) {
  if (nics[0] == 0) return ""
  n = split("bw_in bw_out pps conntrack linklocal", name, " ")
  for (i = 1; i <= n; i++) {
    if (!((0, name[i]) in exceeded)) continue
    exceededMembers = exceededMembers member(name[i], number(sprintf("%.0f", exceeded[0, name[i]])))
    by = exceeded[1, name[i]] - exceeded[0, name[i]]
    if (by > 0) grownMembers = grownMembers member(name[i], number(sprintf("%.0f", by)))
  }
  return object(member("nics", number(nics[0] "")) member("exceeded", object(exceededMembers)) \
    member("grown", nics[1] == nics[0] ? "{" substr(grownMembers, 2) "}" : "") available())
}
# Lines of iptables-save -c: "[12:3456] -A PREROUTING -d 169.254.20.10/32 -p udp ... --dport 53 ... -j NOTRACK",
# and of nft: "ip daddr 169.254.20.10 udp dport 53 counter packets 12 bytes 3456 notrack".
function rule(   packets) {
  if ($0 !~ /port 53( |$)/ || $0 !~ /(-j NOTRACK|--notrack| notrack( |$))/) return
  if (match($0, /^\[[0-9]+:[0-9]+\] -A /)) packets = substr($0, 2, index($0, ":") - 2)
  else if (match($0, /counter packets [0-9]+/)) packets = substr($0, RSTART + 16, RLENGTH - 16)
  else if ($0 ~ /^[ \t]+[a-z]/) uncounted = 1
  else return
  notrack++
  if ($0 ~ /dport 53( |$)/) untracked += packets
}
# That there are no rules is known where those of both families were read.
function nodeLocal(   installed, known) {
  installed = exists(root "/sys/class/net/nodelocaldns/ifindex")
  if (!installed) return exists(root "/sys/class/net/lo/ifindex") ? member("interface", "false") : ""
  known = rulesRead["ip"] && rulesRead["ip6"] || notrack > 0
  return member("interface", "true") (known ? member("rules", notrack + 0 "") : "") \
    (known && !uncounted ? member("packets", number(sprintf("%.0f", untracked))) : "")
}
