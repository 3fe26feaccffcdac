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
