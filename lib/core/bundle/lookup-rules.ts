import { groupsOf } from './groups.js';

/** Rules that keep lookups out of the table, as one file tells them. */
export interface LookupRules {
  /** NOTRACK rules for port 53. */
  rules: number;
  /** Packets that met those on their way in or out. */
  packets: number;
  /** Whether one of them tells no number of packets. */
  isUncounted: boolean;
  /** Whether the file came to its end. */
  isWhole: boolean;
  /** Whether kube-proxy writes its rules to the tables that this file shows. */
  hasKubeProxy: boolean;
}

export function newLookupRules(): LookupRules {
  return { rules: 0, packets: 0, isUncounted: false, isWhole: false, hasKubeProxy: false };
}

/** Takes a line of iptables-save, with counters or without, or of `nft list table`. */
export function takeRule(found: LookupRules, line: string): void {
  if (line.startsWith('# Completed on ')) found.isWhole = true;
  if (line.startsWith(':KUBE-')) found.hasKubeProxy = true;
  const isOfLookups = /port 53( |$)/.test(line);
  if (isOfLookups && /(-j NOTRACK|--notrack| notrack( |$))/.test(line)) takeUntracked(found, line);
}

function takeUntracked(found: LookupRules, line: string): void {
  const saved = groupsOf(/^\[(\d{1,15}):\d+\] -A /, line)(1);
  const packets = saved === '' ? groupsOf(/counter packets (\d{1,15})/, line)(1) : saved;
  if (packets === '' && !/^(-A |[ \t]+[a-z])/.test(line)) return;
  found.rules += 1;
  if (packets === '') found.isUncounted = true;
  else if (/dport 53( |$)/.test(line)) found.packets += Number(packets);
}

/** The files of both families. */
export interface RuleFiles {
  readonly iptables: LookupRules;
  readonly ip6tables: LookupRules;
  /** By nft, which counts what iptables-save without `-c` does not tell. */
  readonly nftRaw: LookupRules;
  readonly nftRaw6: LookupRules;
}

/**
 * The `nodeLocal` of an answer. That there are no rules is certain where both families were saved, from the kind of
 * tables that kube-proxy uses: NodeLocal DNSCache chooses its kind as kube-proxy does.
 */
export function nodeLocalOf(names: ReadonlySet<string>, files: RuleFiles): unknown {
  if (!names.has('nodelocaldns')) return names.has('lo') ? { interface: false } : undefined;
  const { iptables, ip6tables, nftRaw, nftRaw6 } = files;
  const rules = iptables.rules + ip6tables.rules;
  const areSaved = iptables.isWhole && ip6tables.isWhole && iptables.hasKubeProxy;
  if (rules === 0 && !areSaved) return { interface: true };
  const counted = [iptables, ip6tables].every(({ isUncounted }) => !isUncounted)
    ? [iptables, ip6tables]
    : [nftRaw, nftRaw6];
  const isCounted =
    counted.every(({ isUncounted }) => !isUncounted) &&
    counted.reduce((sum, one) => sum + one.rules, 0) === rules;
  const packets = counted.reduce((sum, one) => sum + one.packets, 0);
  return { interface: true, rules, ...(isCounted && { packets }) };
}
