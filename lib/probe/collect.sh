#!/bin/sh
# Reads how full this host's conntrack table is, and answers in one line of JSON on stdout.
#
# It only reads: it writes no file, loads no module, and changes nothing but its own priority.
# What could not be read is an absent key, never a zero. Run Command hands back 2,500 bytes for each
# host, and adds stderr to them: so nothing goes to stderr, and the line keeps to 2,400 bytes.
# Two braces in a row mean a parameter in an SSM document, and may not stand anywhere in this file.
exec 2>/dev/null
LC_ALL=C
export LC_ALL

# The host's work comes first. Where these tools are missing, the probe is short enough without.
renice -n 19 -p $$ >/dev/null
ionice -c 3 -p $$ >/dev/null

# Tests point the root at a tree of files; on a host it is empty.
CONNTRACK_PROBE_ROOT=${CONNTRACK_PROBE_ROOT:-}
CONNTRACK_PROBE_NETNS=$(readlink "$CONNTRACK_PROBE_ROOT/proc/self/ns/net")

# Processes by name, read without starting one for each. Some hundred of one name are enough.
CONNTRACK_PROBE_PROXIES='' CONNTRACK_PROBE_CILIUM=''
for comm in "$CONNTRACK_PROBE_ROOT"/proc/[0-9]*/comm; do
  pid=${comm%/comm} name=''
  read -r name <"$comm"
  case $name in
    kube-proxy) [ ${#CONNTRACK_PROBE_PROXIES} -gt 999 ] || CONNTRACK_PROBE_PROXIES="$CONNTRACK_PROBE_PROXIES ${pid##*/}" ;;
    cilium-agent) CONNTRACK_PROBE_CILIUM=true ;;
  esac
done
# That none runs is certain where every process of the host is seen (the kernel fixes the number of
# its first PID namespace), and no pod of kube-proxy is here that may be between two starts.
set -- "$CONNTRACK_PROBE_ROOT"/var/log/pods/kube-system_kube-proxy-*
[ -z "$CONNTRACK_PROBE_PROXIES" ] && [ ! -e "$1" ] && [ -r "$CONNTRACK_PROBE_ROOT/proc/1/comm" ] &&
  [ "$(readlink "$CONNTRACK_PROBE_ROOT/proc/self/ns/pid")" = 'pid:[4026531836]' ] &&
  CONNTRACK_PROBE_PROXIES=none
export CONNTRACK_PROBE_ROOT CONNTRACK_PROBE_NETNS CONNTRACK_PROBE_PROXIES CONNTRACK_PROBE_CILIUM

# A pipe forgets whether dmesg was allowed to read the log, so the last line carries its exit status.
answer=$({ dmesg; printf '\nexit %s\n' "$?"; } | awk '
# A number is printed as it was read, up to 15 digits: the most that JSON readers keep exact.
function number(text) { return (text ~ /^(0|[1-9][0-9]*)$/ && length(text) <= 15) ? text : "" }
function seconds(text) { return (text ~ /^(0|[1-9][0-9]*)\.[0-9]+$/ && length(text) <= 24) ? text : "" }
# Text of a host is reduced to characters that mean nothing to JSON, a shell or HTML. The set is no
# regex literal, because a slash needs a backslash there, which awk of busybox would let through.
function string(text) {
  gsub("[^A-Za-z0-9._:/+~-]", "", text)
  return text == "" ? "" : "\"" substr(text, 1, 80) "\""
}
function member(name, json) { return json == "" ? "" : ",\"" name "\":" json }
function object(members) { return members == "" ? "" : "{" substr(members, 2) "}" }

function exists(path,   line, got) { got = (getline line < path); close(path); return got >= 0 }
function first(path,   line) { if ((getline line < path) <= 0) line = ""; close(path); return line }
function field(path, name,   line, part, value) {
  while ((getline line < path) > 0) {
    split(line, part, " ")
    if (part[1] == name) { value = part[2]; break }
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
# The block of the YAML that the next start of kube-proxy reads. What is written in another way than
# EKS writes it, or past the first 64 KiB, is not told. The first entry gives the indentation.
function conntrackBlock(path,   line, bytes, inside, indent, part, value) {
  while ((getline line < path) > 0 && (bytes += length(line) + 1) <= 65536) {
    sub(/\r$/, "", line)
    if (line ~ /^[^ #]/) inside = (line ~ /^conntrack: *(#.*)?$/)
    else if (inside && match(line, /^ +[^ #]/)) {
      if (inside == 1) inside = indent = RLENGTH
      if (RLENGTH == indent && line ~ /^ *[A-Za-z]+: +[0-9]+( +#.*)? *$/ && split(line, part, " ")) value[part[1]] = number(part[2])
    }
  }
  close(path)
  return member("maxPerCore", value["maxPerCore:"]) member("min", value["min:"])
}
# Any process may take the name, and lay out links and pipes that root should not follow: so a
# container is looked into only where the file that containerd keeps of it says kube-system. Of the
# image only the tag is told, because the name of its registry holds an account id.
function kubeProxy(pids,   pid, n, i, spec, image, config) {
  if (pids == "none") return member("running", "false") member("cilium", ENVIRON["CONNTRACK_PROBE_CILIUM"])
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = container(root "/proc/" pid[i] "/cgroup")
    spec = first(root "/run/containerd/io.containerd.runtime.v2.task/k8s.io/" spec "/config.json")
    if (annotation(spec, "sandbox-namespace") != "kube-system") continue
    image = annotation(spec, "image-name")
    sub(/@.*/, "", image)
    image = match(image, /:v?[0-9]+\.[0-9][A-Za-z0-9._-]*$/) ? substr(image, RSTART + 1) : ""
    config = "/proc/" pid[i] "/root/var/lib/kube-proxy-config/config"
    config = system("[ -f \"$CONNTRACK_PROBE_ROOT" config "\" ]") == 0 ? conntrackBlock(root config) : ""
    return member("running", "true") member("tag", string(image)) config
  }
  return n > 0 ? member("running", "true") : ""
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
function readStat(path,   line, cell, value, i) {
  columns = rows = 0
  while ((getline line < path) > 0) {
    if (columns == 0) { columns = split(line, column, " "); continue }
    if (split(line, cell, " ") != columns) { columns = 0; break }
    rows++
    for (i = 1; i <= columns; i++) {
      value = hex(cell[i])
      if (value < 0) unread[i] = 1
      else sum[i] += value
    }
  }
  close(path)
  if (rows == 0) columns = 0
}
# "entries" repeats nf_conntrack_count on each row, so that its sum would mean nothing.
function counters(wantJudged,   i, judged, members) {
  for (i = 1; i <= columns; i++) {
    if (column[i] == "entries" || column[i] !~ /^[A-Za-z0-9_]+$/ || length(column[i]) > 80) continue
    if ((i in unread) || ((column[i], wantJudged) in told)) continue
    judged = index(" drop early_drop insert_failed chainlength clashres invalid search_restart found ", " " column[i] " ") > 0
    if (judged != wantJudged) continue
    told[column[i], wantJudged] = 1
    members = members member(column[i], number(sprintf("%.0f", sum[i])))
  }
  return members
}

BEGIN {
  root = ENVIRON["CONNTRACK_PROBE_ROOT"]
  ownNetns = ENVIRON["CONNTRACK_PROBE_NETNS"]
  gsub(/[^0-9]/, "", ownNetns)
  sysctl = root "/proc/sys/net/netfilter/nf_conntrack_"

  # The count moves fastest, and is read before the probe adds any work of its own.
  entries = number(first(sysctl "count"))

  # The alias is registered for the initial network namespace only.
  hostNetwork = exists(sysctl "max") ? "false" : ""
  if (exists(root "/proc/sys/net/nf_conntrack_max")) hostNetwork = "true"

  fullLines = 0
  fullAt = ""
}

{ lastLine = $0 }

/(ip|nf)_conntrack: table full( in netns [0-9]+)?, dropping packet/ {
  # Every namespace of a host logs to the same ring: a full pod is not a full host.
  if (match($0, /table full in netns [0-9]+/) && substr($0, RSTART + 20, RLENGTH - 20) "" != ownNetns "") next
  fullLines++
  fullAt = ""
  if (match($0, /^(<[0-9]+>)?\[ *[0-9]+\.[0-9]+\]/)) {
    fullAt = substr($0, RSTART, RLENGTH - 1)
    sub(/^.*\[ */, "", fullAt)
  }
}

END {
  full = lastLine == "exit 0" ? object(member("lines", number(fullLines "")) member("lastUptime", seconds(fullAt))) : ""

  readStat(root "/proc/net/stat/nf_conntrack")
  judged = counters(1)
  unjudged = counters(0)
  main = timeouts("tcp_timeout_established tcp_timeout_close_wait tcp_timeout_time_wait udp_timeout udp_timeout_stream generic_timeout")
  other = timeouts("tcp_timeout_fin_wait tcp_timeout_last_ack tcp_timeout_close tcp_timeout_syn_sent tcp_timeout_syn_recv tcp_timeout_max_retrans tcp_timeout_unacknowledged icmp_timeout icmpv6_timeout")

  head = member("hostNetwork", hostNetwork) member("entries", entries)
  head = head member("max", number(first(sysctl "max"))) member("buckets", number(first(sysctl "buckets")))

  tail = member("memTotalKiB", number(field(root "/proc/meminfo", "MemTotal:")))
  tail = tail member("memAvailableKiB", number(field(root "/proc/meminfo", "MemAvailable:")))
  vcpus = matchingLines(root "/proc/cpuinfo", "^processor[ \t]*:")
  tail = tail member("vcpus", vcpus > 0 ? number(vcpus "") : "")
  tail = tail member("kernel", string(first(root "/proc/sys/kernel/osrelease")))
  os = member("id", string(shellValue(root "/etc/os-release", "ID")))
  os = os member("version", string(shellValue(root "/etc/os-release", "VERSION_ID")))
  tail = tail member("os", object(os))
  tail = tail member("bootId", string(first(root "/proc/sys/kernel/random/boot_id")))
  split(first(root "/proc/uptime"), uptime, " ")
  tail = tail member("uptime", seconds(uptime[1])) member("tableFull", full)
  tail = tail member("kubeProxy", object(kubeProxy(ENVIRON["CONNTRACK_PROBE_PROXIES"])))

  # What is judged always fits. A host with more columns than any kernel has yet loses whole parts.
  for (dropped = 0; dropped <= 2; dropped++) {
    line = ",\"v\":1" head
    line = line member("stat", object(judged (dropped < 2 ? unjudged : "")))
    line = line member("timeouts", object(main (dropped < 1 ? other : "")))
    line = object(line tail)
    if (length(line) < 2400) break
  }
  print line
}')

# Without awk there is nothing to tell but that the probe ran.
[ -n "$answer" ] || answer='{"v":1}'
printf '%s\n' "$answer"
exit 0
