# Lines of ethtool: "     conntrack_allowance_exceeded: 0".
function allowance(   part, name, value) {
  if (split($0, part, ":") != 2) return
  name = part[1]
  value = part[2]
  gsub(/[ \t]/, "", name)
  gsub(/[ \t]/, "", value)
  if (number(value) == "") return
  if (name == "conntrack_allowance_available") {
    # Each interface tells what is left for the whole instance.
    if (!isLater && (available == "" || value + 0 < available + 0)) available = value
  } else if (sub(/_allowance_exceeded$/, "", name) && index(" bw_in bw_out pps conntrack linklocal ", " " name " ")) {
    exceeded[isLater, name] += value
    if (name == "conntrack") nics[isLater]++
  }
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
    member("grown", nics[1] == nics[0] ? "{" substr(grownMembers, 2) "}" : "") member("available", number(available)))
}
# Lines of iptables-save -c: "[12:3456] -A PREROUTING -d 169.254.20.10/32 -p udp ... --dport 53 ... -j NOTRACK".
function rule(   packets) {
  if ($0 !~ /^\[[0-9]+:[0-9]+\] -A / || $0 !~ /port 53( |$)/ || $0 !~ /(-j NOTRACK|--notrack)/) return
  notrack++
  packets = substr($0, 2)
  sub(/:.*/, "", packets)
  if ($0 ~ /--dport 53( |$)/) untracked += packets
}
function nodeLocal(   installed) {
  installed = exists(root "/sys/class/net/nodelocaldns/ifindex")
  if (!installed) return exists(root "/sys/class/net/lo/ifindex") ? member("interface", "false") : ""
  return member("interface", "true") (rulesRead ? member("rules", notrack + 0 "") member("packets", number(sprintf("%.0f", untracked))) : "")
}
