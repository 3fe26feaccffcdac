#!/bin/sh
# Reads how full this host's conntrack table is, and what fills it; answers in one line of JSON on stdout.
#
# It only reads: it writes no file, loads no module, and changes nothing but its own priority.
# What could not be read is an absent key, never a zero. Run Command hands back 2,500 bytes for each
# host, and adds stderr to them: so nothing goes to stderr, and the line keeps to 2,400 bytes.
# Two braces in a row mean a parameter in an SSM document, and may not stand anywhere in this file.
exec 2>/dev/null
# Stands for this very text, so that whoever reads an answer can tell which probe gave it.
CONNTRACK_PROBE_VERSION=#version
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
#include awk
')

# Without awk there is nothing to tell but that the probe ran.
[ -n "$answer" ] || answer="{\"v\":1,\"probe\":\"$CONNTRACK_PROBE_VERSION\"}"
printf '%s\n' "$answer"
exit 0
