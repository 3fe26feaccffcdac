# An address as a key: IPv6 is written in more than one way, so it is spelled out.
function key(address,   part, n, i, filled, out) {
  if (address !~ /:/) return address
  if (address in spelled) return spelled[address]
  n = split(address, part, ":")
  for (i = filled = 0; i < n; i++) if (part[i + 1] != "") filled++
  for (i = 1; i <= n; i++) {
    if (part[i] != "") out = out substr("0000" part[i], length(part[i]) + 1)
    else for (; filled < 8; filled++) out = out "0000"
  }
  return spelled[address] = out
}
function own(address, who) {
  if (address == "" || who == "") return
  owner[key(address)] = who
  if (who != "host") podsKnown = 1
}

# The addresses that the host itself has: its own, and those of pods that share its network.
function hostAddresses(   line, part, address) {
  while ((getline line < (root "/proc/net/fib_trie")) > 0) {
    if (line ~ /\|-- /) { sub(/^.*\|-- /, "", line); address = line }
    else if (line ~ /\/32 host LOCAL/) own(address, "host")
  }
  close(root "/proc/net/fib_trie")
  while ((getline line < (root "/proc/net/if_inet6")) > 0) if (split(line, part, " ") > 1) owner[part[1]] = "host"
  close(root "/proc/net/if_inet6")
}
function quoted(text, pattern) {
  if (!match(text, pattern)) return ""
  text = substr(text, RSTART, RLENGTH - 1)
  sub(/^.*"/, "", text)
  return text
}
function pod(namespace, name) { return namespace == "" || name == "" ? "" : namespace "/" name }

# The VPC CNI keeps all allocations in one file, the CNI library of the runtime a file for each pod.
function allocations(text,   part, n, i, who) {
  n = split(text, part, /"containerID"/)
  for (i = 2; i <= n; i++) {
    who = pod(quoted(part[i], "\"k8sPodNamespace\" *: *\"[^\"]*\""), quoted(part[i], "\"k8sPodName\" *: *\"[^\"]*\""))
    own(quoted(part[i], "\"ipv4\" *: *\"[^\"]*\""), who)
    own(quoted(part[i], "\"ipv6\" *: *\"[^\"]*\""), who)
  }
}
function result(text,   part, n, i, who, address) {
  who = pod(quoted(text, "\"K8S_POD_NAMESPACE\" *, *\"[^\"]*\""), quoted(text, "\"K8S_POD_NAME\" *, *\"[^\"]*\""))
  n = split(text, part, /"address"/)
  for (i = 2; i <= n; i++) {
    address = quoted(part[i], "^ *: *\"[^\"]*\"")
    sub(/\/.*/, "", address)
    own(address, who)
  }
}
function podAddresses(files,   file, n, i, line, text) {
  n = split(files, file, " ")
  for (i = 1; i <= n; i++) {
    text = ""
    while ((getline line < (root file[i])) > 0 && length(text) < 1000000) text = text line
    close(root file[i])
    if (file[i] ~ /^\/var\/run\/aws-node\//) allocations(text)
    else result(text)
  }
}
