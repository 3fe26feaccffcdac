import { present } from '../../text/present.js';
import type { NodeFacts } from '../snapshot.js';
import { MAX_UINT32, object, seconds, whole, word } from './fields.js';

type Answer = Readonly<Record<string, unknown>>;

/** A pebibyte: more than a host has. */
const MAX_KIB = 2 ** 40;

/** `MemTotal` and `MemAvailable` of `/proc/meminfo`, in bytes. */
export function parseMemory(answer: Answer): NodeFacts['memory'] {
  const total = whole(answer['memTotalKiB'], MAX_KIB);
  const available = whole(answer['memAvailableKiB'], MAX_KIB);
  if (total === undefined || total === 0) return undefined;
  return present({
    totalBytes: total * 1024,
    availableBytes: available === undefined ? undefined : available * 1024,
  });
}

/** `ID` and `VERSION_ID` of the host's release file. */
export function parseOs(answer: Answer): NodeFacts['os'] {
  const os = object(answer['os']);
  const id = word(os?.['id']);
  return id === undefined ? undefined : present({ id, version: word(os?.['version']) });
}

/** That a support bundle tells this, and not the probe. */
export function parseBundleSource(answer: Answer): NodeFacts['bundle'] {
  const told = object(answer['bundle']);
  if (told === undefined) return undefined;
  return present({ collector: word(told['collector']), takenAt: word(told['takenAt']) });
}

/** Boot id and seconds of uptime. */
export function parseBoot(answer: Answer): NodeFacts['boot'] {
  const uptimeSeconds = seconds(answer['uptime']);
  if (uptimeSeconds === undefined) return undefined;
  return present({ uptimeSeconds, id: word(answer['bootId']) });
}

/** `table full` lines of the kernel log, with the age of the last one where the log is stamped. */
export function parseTableFull(answer: Answer): NodeFacts['tableFull'] {
  const log = object(answer['tableFull']);
  const lines = whole(log?.['lines'], MAX_UINT32);
  if (lines === undefined) return undefined;
  const last = seconds(log?.['lastUptime']);
  const uptime = seconds(answer['uptime']);
  const known = last !== undefined && uptime !== undefined;
  const named = whole(log?.['named'], lines) ?? 0;
  return present({
    lines,
    ...(named > 0 && { named }),
    secondsAgo: known ? Math.max(0, uptime - last) : undefined,
  });
}

/** Whether the probe read the host's network namespace. */
export function parseNetwork(answer: Answer): NodeFacts['network'] {
  const host = answer['hostNetwork'];
  return typeof host === 'boolean' ? { host } : undefined;
}

/** NodeLocal DNSCache: its interface, and the rules that keep its lookups out of the table. */
export function parseNodeLocalDns(answer: Answer): NodeFacts['nodeLocalDns'] {
  const told = object(answer['nodeLocal']);
  const installed = told?.['interface'];
  if (typeof installed !== 'boolean') return undefined;
  return present({
    interface: installed,
    rules: whole(told?.['rules'], 100_000),
    packets: whole(told?.['packets']),
  });
}

/** AWS's network policy agent. It takes tables of 32,768 to 1,048,576 entries, and ends with any other. */
export function parseNetworkPolicyAgent(answer: Answer): NodeFacts['networkPolicyAgent'] {
  const told = object(answer['policyAgent']);
  const enabled = told?.['enabled'];
  if (typeof enabled !== 'boolean') return undefined;
  const size = whole(told?.['tableSize'], 1_048_576);
  return present({ enabled, tableSize: size === undefined || size < 32_768 ? undefined : size });
}

/** Bytes of an entry; a kernel's lies between 200 and 1,024. */
export function parseEntryBytes(answer: Answer): number | undefined {
  const bytes = whole(answer['entryBytes'], 1_024);
  return bytes === undefined || bytes < 200 ? undefined : bytes;
}
