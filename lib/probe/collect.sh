#!/bin/sh
# Reads how full this host's conntrack table is, and what fills it; answers in one line of JSON on stdout.
#
# It only reads: it writes no file, loads no module, and changes nothing but its own priority.
# What could not be read is an absent key, never a zero. Run Command hands back 2,500 bytes for each
# host, and adds stderr to them: so nothing goes to stderr, and the line keeps to 2,400 bytes.
# Two braces in a row mean a parameter in an SSM document, and may not stand anywhere in this file.
exec 2>/dev/null
# Stands for this very text, so that whoever reads an answer can tell which probe gave it.
CONNTRACK_PROBE_VERSION=c7f4de5a
export CONNTRACK_PROBE_VERSION
LC_ALL=C
export LC_ALL

# The host's work comes first. Where these tools are missing, the probe is short enough without.
renice -n 19 -p $$ >/dev/null
ionice -c 3 -p $$ >/dev/null

# Tests point the root at a tree of files, and the second reading at another; on a host both are empty.
CONNTRACK_PROBE_ROOT=${CONNTRACK_PROBE_ROOT:-}
CONNTRACK_PROBE_LATER=${CONNTRACK_PROBE_LATER:-$CONNTRACK_PROBE_ROOT}
CONNTRACK_PROBE_NETNS=$(readlink "$CONNTRACK_PROBE_ROOT/proc/self/ns/net")
# Entries that are looked at. The list is in hash order, so that its first part is a fair sample.
CONNTRACK_PROBE_CAP=${CONNTRACK_PROBE_CAP:-15000}
proc=$CONNTRACK_PROBE_ROOT/proc

# Processes by name, read without starting one for each. Some hundred of one name are enough.
CONNTRACK_PROBE_PROXIES='' CONNTRACK_PROBE_CILIUM='' CONNTRACK_PROBE_POLICIES=''
for comm in "$proc"/[0-9]*/comm; do
  pid=${comm%/comm} name=''
  read -r name <"$comm"
  case $name in
    kube-proxy) [ ${#CONNTRACK_PROBE_PROXIES} -gt 999 ] || CONNTRACK_PROBE_PROXIES="$CONNTRACK_PROBE_PROXIES ${pid##*/}" ;;
    cilium-agent) CONNTRACK_PROBE_CILIUM=true ;;
    # The network policy agent of AWS has this name, as others may.
    controller) [ ${#CONNTRACK_PROBE_POLICIES} -gt 999 ] || CONNTRACK_PROBE_POLICIES="$CONNTRACK_PROBE_POLICIES ${pid##*/}" ;;
  esac
done
# That none runs is certain where every process of the host is seen (the kernel fixes the number of
# its first PID namespace), and no pod of kube-proxy is here that may be between two starts.
set -- "$CONNTRACK_PROBE_ROOT"/var/log/pods/kube-system_kube-proxy-*
[ -z "$CONNTRACK_PROBE_PROXIES" ] && [ ! -e "$1" ] && [ -r "$proc/1/comm" ] &&
  [ "$(readlink "$proc/self/ns/pid")" = 'pid:[4026531836]' ] &&
  CONNTRACK_PROBE_PROXIES=none

# Files that say which pod has which address: those of the VPC CNI, else those of the runtime's CNI.
CONNTRACK_PROBE_PODS=''
pod_files() {
  for file in "$CONNTRACK_PROBE_ROOT$1"/$2; do
    [ -f "$file" ] && [ ${#CONNTRACK_PROBE_PODS} -lt 60000 ] && CONNTRACK_PROBE_PODS="$CONNTRACK_PROBE_PODS $1/${file##*/}"
  done
}
pod_files /var/run/aws-node 'ipam*.json'
[ -n "$CONNTRACK_PROBE_PODS" ] || pod_files /var/lib/cni/results '*'

export CONNTRACK_PROBE_ROOT CONNTRACK_PROBE_LATER CONNTRACK_PROBE_NETNS CONNTRACK_PROBE_CAP
export CONNTRACK_PROBE_PROXIES CONNTRACK_PROBE_CILIUM CONNTRACK_PROBE_POLICIES CONNTRACK_PROBE_PODS

# Nothing that is asked of another program may keep the host busy for long.
bound=''
timeout 1 true && bound='timeout 8'

# Says what comes next, on a line of its own: a program that is ended by its bound leaves half a line.
mark() { printf '\n@%s\n' "$*"; }

# EC2's own limits, as each interface with Amazon's driver counts them.
allowances() {
  for driver in "$CONNTRACK_PROBE_ROOT"/sys/class/net/*/device/driver; do
    nic=${driver%/device/driver}
    case $(readlink "$driver") in */ena | ena) mark nic && $bound ethtool -S "${nic##*/}" ;; esac
  done
}

loaded() { grep -q "^$1 " "$proc/modules"; }
# True where asking the kernel by netlink loads no module: it is loaded, or built in.
ready() { loaded "$1" || { ! loaded nf_conntrack && ! grep -q "/$1\.ko" "$CONNTRACK_PROBE_ROOT/lib/modules/$release/modules.dep"; }; }
read -r release <"$proc/sys/kernel/osrelease"

# Rules that keep lookups out of the table, of IPv4 and of IPv6. There are two kinds of iptables, each with
# tables of its own; the older would load the table that it is asked for. Rules are read where each kind
# that has any was.
notrack_rules() {
  [ -e "$CONNTRACK_PROBE_ROOT/sys/class/net/nodelocaldns" ] || return
  for family in ip ip6; do
    mark "rules $family"
    case $("${family}tables-save" --version) in
      *nf_tables*) ready nf_tables && raw_table save && { ! has_older || raw_table legacy-save; } ;;
      ?*)
        ready nf_tables && raw_table nft-save
        has_older && raw_table save
        ;;
      *) ready nf_tables && $bound nft list table "$family" raw ;;
    esac && mark "rules-read $family"
  done
}
raw_table() { $bound "${family}tables-$1" -t raw -c; }
has_older() { grep -q '^raw$' "$proc/net/${family}_tables_names"; }

# A read of /proc walks from the start again for each piece before Linux 6.16: there it is kept short.
entries_of_proc() {
  [ -r "$proc/net/nf_conntrack" ] || return
  IFS=.- read -r major minor _ <"$proc/sys/kernel/osrelease"
  most=$CONNTRACK_PROBE_CAP
  [ "$major" -gt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -ge 16 ]; } || [ "$most" -lt 5000 ] || most=5000
  mark "proc $most"
  { $bound cat "$proc/net/nf_conntrack" && mark whole; } | head -n "$((most + 3))"
}
# Older versions of conntrack list IPv4 only unless they are asked; what a cut list would say twice is cut.
entries() {
  [ -e "$proc/sys/net/netfilter/nf_conntrack_count" ] || return
  if ready nf_conntrack_netlink; then
    mark netlink
    if $bound conntrack -L -o extended; then
      mark whole
      mark inet6 && $bound conntrack -L -o extended -f ipv6 && mark whole
      return
    else
      # It is missing, or may not ask; not: it was ended, by its bound or because enough is listed.
      case $? in [1-3] | 12[67]) ;; *) return ;; esac
    fi
  fi
  entries_of_proc
}

# The log, each line with who wrote it: by name where dmesg can (util-linux), else by number (busybox).
# The number is wrong in some versions of the former.
kernel_log() {
  case $(dmesg --help 2>&1) in
    *--decode*) $bound dmesg -x ;;
    *) $bound dmesg -r ;;
  esac
}

answer=$({
  allowances
  sleep "${CONNTRACK_PROBE_PAUSE:-2}"
  mark later
  export CONNTRACK_PROBE_WHEN=later
  allowances
  notrack_rules
  entries | head -n "$((CONNTRACK_PROBE_CAP + 8))"
  mark log
  kernel_log
  # A pipe forgets whether dmesg was allowed to read the log, so the last line carries its exit status.
  printf '\nexit %s\n' "$?"
} | awk '
# A number is printed as it was read, up to 15 digits: the most that JSON readers keep exact.
function number(text) { return (text ~ /^(0|[1-9][0-9]*)$/ && length(text) <= 15) ? text : "" }
function seconds(text) { return (text ~ /^(0|[1-9][0-9]*)\.[0-9]+$/ && length(text) <= 24) ? text : "" }
# Text of a host is reduced to characters that mean nothing to JSON, a shell or HTML. The set is no
# regex literal, because a slash needs a backslash there, which awk of busybox would let through.
function string(text, most) {
  gsub("[^A-Za-z0-9._:/+~-]", "", text)
  return text == "" ? "" : "\"" substr(text, 1, most ? most : 80) "\""
}
function member(name, json) { return json == "" ? "" : ",\"" name "\":" json }
function object(members) { return members == "" ? "" : "{" substr(members, 2) "}" }
function array(items) { return "[" substr(items, 2) "]" }
# Members for the names of a list that were counted, in the order of that list.
function tally(names, counted,   name, n, i, members) {
  n = split(names, name, " ")
  for (i = 1; i <= n; i++) if (name[i] in counted) members = members member(name[i], number(counted[name[i]] ""))
  return members
}

function exists(path,   line, got) { got = (getline line < path); close(path); return got >= 0 }
function first(path,   line) { if ((getline line < path) <= 0) line = ""; close(path); return line }
function field(path, name, at,   line, part, value) {
  while ((getline line < path) > 0) {
    split(line, part, " ")
    if (part[1] == name) { value = part[at]; break }
  }
  close(path)
  return value
}
function shellValue(path, name,   line, value) {
  while ((getline line < path) > 0) if (index(line, name "=") == 1) value = substr(line, length(name) + 2)
  close(path)
  return value
}
function matchingLines(path, pattern,   line, lines) {
  lines = 0
  while ((getline line < path) > 0) if (line ~ pattern) lines++
  close(path)
  return lines
}
function timeouts(names,   name, n, i, members) {
  n = split(names, name, " ")
  for (i = 1; i <= n; i++) members = members member(name[i], number(first(sysctl name[i])))
  return members
}

function even(text, mark) { return gsub(mark, "", text) % 2 == 0 }
# A line without its comment, which a blank and no open quote stand before.
function uncommented(line,   from, at, ahead) {
  if (line ~ /^[ \t]*#/) return ""
  for (from = 1; (at = match(substr(line, from), /[ \t]#/)) > 0; from += at + 1) {
    ahead = substr(line, 1, from + at - 2)
    if (even(ahead, "\"") && even(ahead, apostrophe)) { line = ahead; break }
  }
  sub(/[ \t]+$/, "", line)
  return line
}
# The name of a member, plain or quoted; empty where there is none, or an anchor, an alias, a merge.
function keyOf(text, after,   name) {
  if (!match(text, "^(\"[^\"]*\"|" apostrophe "[^" apostrophe "]*" apostrophe "|[A-Za-z][A-Za-z0-9_.-]*) *:" after)) return ""
  name = substr(text, 1, RLENGTH)
  sub(/ *: ?$/, "", name)
  return index("\"" apostrophe, substr(name, 1, 1)) ? substr(name, 2, length(name) - 2) : name
}
function isWanted(name) { return name == "conntrack" || name == "mode" }
# Wanted members of one mapping in flow style, as JSON is; "?" where its end is not found.
function flowMembers(text,   n, i, c, depth, quote, item, out) {
  n = length(text)
  for (i = 1; i <= n; i++) {
    c = substr(text, i, 1)
    if (quote != "") {
      if (c == quote) quote = ""
      else if (c == "\\" && quote == "\"") c = c substr(text, ++i, 1)
    } else {
      if (c == "\t") c = " "
      if (index("{[", c) && ++depth == 1) continue
      if (index("}]", c) && --depth == 0 || c == "," && depth == 1) {
        sub(/^ +/, "", item)
        if (isWanted(keyOf(item, ""))) out = out ", " item
        if (depth == 0) return substr(text, i + 1) !~ /^[ \t]*$/ ? "?" : out == "" ? "" : "{" substr(out, 3) "}"
        item = ""
        continue
      }
      if (c == "\"" || c == apostrophe) quote = c
    }
    # What is longer is not told.
    if (length(item) < 1000) item = item c
  }
  return "?"
}
function joined(text, mark, by,   part, n, i, out) {
  n = split(text, part, mark)
  for (i = 1; i <= n; i++) out = out (i > 1 ? by : "") part[i]
  return out
}
# Of the file that the next start of kube-proxy reads, what its first document says of conntrack and of
# its mode, as it stands there: whoever reads the answer has a parser for YAML, and here members are only
# told apart. False where they cannot be: tabs, anchors, signs that mean more than text, what is too long.
function configuration(path,   line, bytes, base, started, flow, wanted, name, text, odd) {
  while (!odd && (getline line < path) > 0) {
    sub(/\r$/, "", line)
    odd = ((bytes += length(line) + 1) > 65536)
    line = uncommented(line)
    if (line == "") continue
    if (line ~ /^(---|\.\.\.)/) {
      if (started) break
      odd = (line != "---")
      continue
    }
    match(line, /^ */)
    if (!started) { started = 1; base = RLENGTH; flow = (substr(line, base + 1, 1) == "{") }
    if (flow) { text = text " " line; continue }
    odd = (odd || RLENGTH < base || line ~ /^ *\t/)
    line = substr(line, base + 1)
    # Lists may begin as far left as their name, and so may the end of what is in braces.
    if (line !~ /^( |-$|- |[]},])/) {
      name = keyOf(line, "( |$)")
      wanted = isWanted(name)
      odd = (odd || name == "" || !even(line, "\""))
    }
    if (wanted) text = text (text == "" ? "" : "\n") line
  }
  close(path)
  if (flow) text = flowMembers(text)
  if (odd || !started || length(text) > 480 || text ~ ("[^][A-Za-z0-9 \n\"{},:._~+/" apostrophe "-]")) return "false"
  # Ends of lines first: original-awk parts text at them whatever it is asked.
  text = joined(text, "\n", "\\n")
  text = joined(text, "\"", "\\\"")
  return "\"" text "\""
}

# The id ends the path of a cgroup: "/cri-containerd-<id>.scope" of systemd, "/<id>" of cgroupfs.
function container(path,   line, id) {
  while ((getline line < path) > 0) {
    sub(/\.scope$/, "", line)
    sub(/^.*[^0-9a-f]/, "", line)
    if (length(line) == 64) id = line
  }
  close(path)
  return id
}
function annotation(spec, name,   at) {
  name = "\"io.kubernetes.cri." name "\":\""
  at = index(spec, name)
  spec = substr(spec, at + length(name))
  return at > 0 ? substr(spec, 1, index(spec, "\"") - 1) : ""
}
function specOf(pid) {
  return first(root "/run/containerd/io.containerd.runtime.v2.task/k8s.io/" container(root "/proc/" pid "/cgroup") "/config.json")
}
# Any process may take the name, and lay out links and pipes that root should not follow: so a
# container is looked into only where the file that containerd keeps of it says kube-system. Of the
# image only the tag is told, because the name of its registry holds an account id.
function kubeProxy(pids,   pid, n, i, spec, image) {
  if (pids == "none") return member("running", "false") member("cilium", ENVIRON["CONNTRACK_PROBE_CILIUM"])
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = specOf(pid[i])
    if (annotation(spec, "sandbox-namespace") != "kube-system") continue
    image = annotation(spec, "image-name")
    sub(/@.*/, "", image)
    image = match(image, /:v?[0-9]+\.[0-9][A-Za-z0-9._-]*$/) ? substr(image, RSTART + 1) : ""
    configPath = "/proc/" pid[i] "/root/var/lib/kube-proxy-config/config"
    if (system("[ -f \"$CONNTRACK_PROBE_ROOT" configPath "\" ]") != 0) configPath = ""
    return member("running", "true") member("tag", string(image))
  }
  return n > 0 ? member("running", "true") : ""
}
# The arguments of the network policy agent of AWS, from the same file. What else stands there in quotes
# is escaped, so that it cannot look like one.
function policyAgent(pids,   pid, n, i, spec, size) {
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = specOf(pid[i])
    if (annotation(spec, "sandbox-namespace") != "kube-system" || annotation(spec, "container-name") != "aws-eks-nodeagent") continue
    if (match(spec, /"--conntrack-cache-table-size(=|",")[0-9]+"/)) {
      size = substr(spec, RSTART, RLENGTH - 1)
      sub(/^.*[^0-9]/, "", size)
    }
    return member("enabled", spec ~ /"--enable-network-policy(=([tT]|true|TRUE|True|1))?"/ ? "true" : "false") member("tableSize", number(size))
  }
  return ""
}

# No awk agrees with another on reading hexadecimal, and all count exactly up to 2^53.
function hex(text,   i, value) {
  if (text !~ /^[0-9a-f]+$/ || length(text) > 12) return -1
  value = 0
  for (i = 1; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
  return value
}
# One row for each CPU, under a header whose names (and their meaning) change between kernels. A row
# that does not fit its header means that this file is not understood: then nothing of it is told.
function readStat(path, sum,   line, cell, column, columns, rows, value, i) {
  columns = rows = 0
  while ((getline line < path) > 0) {
    if (columns == 0) {
      columns = split(line, column, " ")
      for (i = columns; i > 0; i--) place[path, column[i]] = i
      continue
    }
    if (split(line, cell, " ") != columns) { rows = 0; break }
    rows++
    for (i = 1; i <= columns; i++) {
      if (place[path, column[i]] != i) continue
      value = hex(cell[i])
      if (value < 0 || sum[column[i]] == "unread") sum[column[i]] = "unread"
      else sum[column[i]] += value
    }
  }
  close(path)
  for (i = 1; i <= columns; i++) {
    if (rows == 0) delete sum[column[i]]
    else names[i] = column[i]
  }
  return rows == 0 ? 0 : columns
}
# Columns that rules look at. "entries" repeats nf_conntrack_count on each row, so that its sum would mean nothing.
function isJudged(name) { return index(" drop early_drop insert_failed chainlength clashres invalid search_restart found ", " " name " ") > 0 }
function counters(wantJudged,   i, name, members) {
  for (i = 1; i <= columns; i++) {
    name = names[i]
    if (name == "entries" || name !~ /^[A-Za-z0-9_]+$/ || length(name) > 80 || isJudged(name) != wantJudged) continue
    if (stat[name] == "unread" || ((name, wantJudged) in told)) continue
    told[name, wantJudged] = 1
    members = members member(name, number(sprintf("%.0f", stat[name])))
  }
  return members
}
# What judged columns grew by since; those that did not grow are left out. A counter that began again is not told.
function growth(   i, name, by, members) {
  for (i = 1; i <= columns; i++) {
    name = names[i]
    if (!isJudged(name) || stat[name] == "unread" || !(name in statLater) || statLater[name] == "unread") continue
    by = statLater[name] - stat[name]
    if (by > 0 && !(name in grew)) { grew[name] = 1; members = members member(name, number(sprintf("%.0f", by))) }
  }
  return "{" substr(members, 2) "}"
}

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

# Lines of dmesg: "kern  :warn  : [12001.102938] nf_conntrack: nf_conntrack: table full, dropping packet",
# or "<4>[12001.102938] ..." where dmesg knows no names. Programs write to this log as well, and quote.
function logLine(   text, at) {
  lastLine = text = $0
  if (!sub(/^(kern *:[a-z]+ *: |<[0-7]>)/, "", text)) return
  if (match(text, /^\[ *[0-9]+\.[0-9]+\] */)) {
    at = substr(text, 1, RLENGTH)
    gsub(/[][ ]/, "", at)
    text = substr(text, RLENGTH + 1)
    # Some kernels name the caller.
    sub(/^\[ *[TC][0-9]+\] */, "", text)
  }
  if (text !~ /^((ip|nf)_conntrack: )?(ip|nf)_conntrack: table full( in netns [0-9]+)?, dropping packet/) return
  # Every namespace of a host logs to the same ring: a full pod is not a full host.
  if (match(text, /table full in netns [0-9]+/)) {
    if (substr(text, RSTART + 20, RLENGTH - 20) "" != ownNetns "") return
    fullNamed++
  }
  fullLines++
  fullAt = at
}
function uptime(at,   part) { split(first(at "/proc/uptime"), part, " "); return seconds(part[1]) }
function readLater(   at) {
  at = ENVIRON["CONNTRACK_PROBE_LATER"]
  isLater = 1
  upLater = uptime(at)
  entriesLater = number(first(at "/proc/sys/net/netfilter/nf_conntrack_count"))
  readStat(at "/proc/net/stat/nf_conntrack", statLater)
}
function later(   passed) {
  passed = upLater - up
  if (up == "" || upLater == "" || passed <= 0 || passed > 300) return ""
  return object(member("seconds", seconds(sprintf("%.2f", passed))) member("entries", entriesLater) member("stat", growth()))
}
# The containers of Bottlerocket, through one of which Systems Manager comes, find the file of the host
# beside their own, which names another system.
# See https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/develop/sources/host-ctr/cmd/host-ctr/main.go
function operating(hosts, containers,   path) {
  path = shellValue(hosts, "ID") == "" ? containers : hosts
  return member("id", string(shellValue(path, "ID"))) member("version", string(shellValue(path, "VERSION_ID")))
}
# Threads of the first core, by their list ("0-1", "0,4"), else by whether SMT is at work.
function threads(   at, siblings, part, range, n, i, count) {
  at = root "/sys/devices/system/cpu/"
  siblings = first(at "cpu0/topology/thread_siblings_list")
  if (siblings !~ /^[0-9]+([,-][0-9]+)*$/) {
    siblings = first(at "smt/active")
    return siblings == "0" ? "1" : siblings == "1" ? "2" : ""
  }
  n = split(siblings, part, ",")
  for (i = 1; i <= n; i++) count += split(part[i], range, "-") > 1 ? range[2] - range[1] + 1 : 1
  return number(count "")
}
function host(   members, vcpus) {
  members = member("memTotalKiB", number(field(root "/proc/meminfo", "MemTotal:", 2)))
  members = members member("memAvailableKiB", number(field(root "/proc/meminfo", "MemAvailable:", 2)))
  vcpus = matchingLines(root "/proc/cpuinfo", "^processor[ \t]*:")
  members = members member("vcpus", vcpus > 0 ? number(vcpus "") : "")
  members = members member("threadsPerCore", threads())
  members = members member("kernel", string(first(root "/proc/sys/kernel/osrelease")))
  members = members member("os", object(operating(root "/etc/bottlerocket-release", root "/etc/os-release")))
  members = members member("bootId", string(first(root "/proc/sys/kernel/random/boot_id"))) member("uptime", up)
  full = lastLine == "exit 0" ? object(member("lines", number(fullLines + 0 "")) member("named", fullNamed > 0 ? number(fullNamed "") : "") \
    member("lastUptime", seconds(fullAt))) : ""
  proxy = kubeProxy(ENVIRON["CONNTRACK_PROBE_PROXIES"])
  config = configPath == "" ? "" : configuration(root configPath)
  policy = policyAgent(ENVIRON["CONNTRACK_PROBE_POLICIES"])
  return members member("tableFull", full) member("entryBytes", number(field(root "/proc/slabinfo", "nf_conntrack", 4)))
}
# The seconds that entries of a class are given when a packet comes.
function timeoutOf(class, name,   given) {
  given = number(first(sysctl name))
  if (given != "") limit[class] = given + 0
}

BEGIN {
  root = ENVIRON["CONNTRACK_PROBE_ROOT"]
  isLater = 0
  cap = ENVIRON["CONNTRACK_PROBE_CAP"] + 0
  ownNetns = ENVIRON["CONNTRACK_PROBE_NETNS"]
  gsub(/[^0-9]/, "", ownNetns)
  apostrophe = sprintf("%c", 39)
  sysctl = root "/proc/sys/net/netfilter/nf_conntrack_"

  # The count moves fastest, and is read before the probe adds any work of its own.
  entries = number(first(sysctl "count"))
  up = uptime(root)
  columns = readStat(root "/proc/net/stat/nf_conntrack", stat)
  timeoutOf("SYN_SENT", "tcp_timeout_syn_sent")
  timeoutOf("ESTABLISHED", "tcp_timeout_established")
  timeoutOf("UNACKNOWLEDGED", "tcp_timeout_unacknowledged")
  timeoutOf("CLOSE_WAIT", "tcp_timeout_close_wait")
  timeoutOf("TIME_WAIT", "tcp_timeout_time_wait")
  timeoutOf("UDP", "udp_timeout")
  timeoutOf("UDP_STREAM", "udp_timeout_stream")
  established = limit["ESTABLISHED"] + 0

  # The alias is registered for the initial network namespace only.
  hostNetwork = exists(sysctl "max") ? "false" : ""
  if (exists(root "/proc/sys/net/nf_conntrack_max")) hostNetwork = "true"

  for (i = split("tcp udp icmp icmpv6 sctp gre", name, " "); i > 0; i--) knownProto[name[i]] = 1
  hostAddresses()
  podAddresses(ENVIRON["CONNTRACK_PROBE_PODS"])
}

section == "@log" { logLine(); next }
/^@/ {
  if ($1 == "@whole") { done[section] = 1; if (section == "@netlink") origin = "netlink" }
  section = $1
  if (section == "@later") readLater()
  if (section == "@rules-read") rulesRead[$2] = 1
  if (section == "@proc") {
    # What was listed by netlink before it failed is kept, and nothing is counted twice.
    if (listed == 0) origin = "proc"; else ignored = cut = 1
    cap = $2 + 0
  }
  if (section == "@inet6") inet6First = ignored = (inet6 > 0)
  next
}
section == "@netlink" || section == "@proc" || section == "@inet6" { entry(); next }
section == "@nic" { allowance(); next }
section == "@rules" { rule() }

END {
  judged = counters(1)
  unjudged = counters(0)
  main = timeouts("tcp_timeout_established tcp_timeout_close_wait tcp_timeout_time_wait tcp_timeout_syn_sent tcp_timeout_unacknowledged udp_timeout udp_timeout_stream generic_timeout")
  other = timeouts("tcp_timeout_fin_wait tcp_timeout_last_ack tcp_timeout_close tcp_timeout_syn_recv tcp_timeout_max_retrans icmp_timeout icmpv6_timeout")
  portsFound = top(ports, 6, bestPort)
  holdersFound = top(held, 6, bestHolder)
  openPortsFound = top(openPorts, 1, bestOpenPort)
  openHoldersFound = top(openHeld, 1, bestOpenHolder)

  head = member("hostNetwork", hostNetwork) member("entries", entries)
  head = head member("max", number(first(sysctl "max"))) member("buckets", number(first(sysctl "buckets")))
  middle = host()
  tail = member("later", later()) member("ena", ena()) member("nodeLocal", object(nodeLocal()))

  # What is judged always fits. Where the line would be too long, what is of least value goes, as a whole.
  for (dropped = 0; dropped <= 7; dropped++) {
    line = ",\"v\":1" member("probe", string(ENVIRON["CONNTRACK_PROBE_VERSION"])) head
    line = line member("stat", object(judged (dropped < 2 ? unjudged : "")))
    line = line member("timeouts", object(main (dropped < 1 ? other : "")))
    line = line middle member("kubeProxy", object(proxy member("config", dropped < 6 || config == "" ? config : "false")))
    line = line member("policyAgent", object(policy))
    line = object(line tail member("list", dropped < 7 ? list(dropped < 3 ? 6 : dropped < 4 ? 3 : 1, dropped < 5) : ""))
    if (length(line) < 2400) break
  }
  print line
}
')

# Without awk there is nothing to tell but that the probe ran.
[ -n "$answer" ] || answer="{\"v\":1,\"probe\":\"$CONNTRACK_PROBE_VERSION\"}"
printf '%s\n' "$answer"
exit 0
