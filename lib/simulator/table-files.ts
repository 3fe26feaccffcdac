import type { Counts, Machine } from './machine.js';
import { statText } from './stat-text.js';
import { LATER, type TreeFiles } from './tree-files.js';

type Table = NonNullable<Machine['conntrack']>;

/** The kernel's files about the table of a host, if it has one. */
export function tableFiles(machine: Machine): TreeFiles {
  const { conntrack } = machine;
  if (conntrack === undefined) return {};
  const { entries, max, buckets, timeouts = {}, hostNetwork = true, counters } = conntrack;

  const sysctls = { count: entries, max, buckets, ...timeouts };
  const files = Object.entries(sysctls).map(([name, value]) => [
    `proc/sys/net/netfilter/nf_conntrack_${name}`,
    `${value}\n`,
  ]);
  return {
    ...(Object.fromEntries(files) as TreeFiles),
    ...(hostNetwork ? { 'proc/sys/net/nf_conntrack_max': `${max}\n` } : {}),
    ...statFiles(machine, entries, counters),
    ...slabFiles(conntrack),
    ...laterFiles(machine, conntrack),
  };
}

/** `/proc/uptime`. The second number is idle time summed over CPUs. Nobody reads it; this machine is idle. */
export function uptimeText(seconds: number, vcpus: number): string {
  return `${seconds.toFixed(2)} ${(seconds * vcpus).toFixed(2)}\n`;
}

function laterFiles(machine: Machine, { entries, counters = {}, later }: Table): TreeFiles {
  if (later === undefined) return {};
  const then = entries + later.entries;
  const files = {
    'proc/uptime': uptimeText(machine.uptimeSeconds + later.seconds, machine.vcpus),
    'proc/sys/net/netfilter/nf_conntrack_count': `${then}\n`,
    ...statFiles(machine, then, grown(counters, later.counters ?? {})),
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${LATER}/${path}`, text]),
  );
}

function statFiles(
  { kernel, vcpus }: Machine,
  entries: number,
  counters: Table['counters'],
): TreeFiles {
  if (counters === undefined) return {};
  return { 'proc/net/stat/nf_conntrack': statText({ kernel, vcpus, entries, counters }) };
}

/** The first CPU counts what the others do not. */
function grown(counters: NonNullable<Table['counters']>, by: Counts): Table['counters'] {
  const more = Object.entries(by).map(([name, count]) => {
    const [first = 0, ...rest] = counters[name] ?? [];
    return [name, [first + count, ...rest]] as const;
  });
  return { ...counters, ...Object.fromEntries(more) };
}

/**
 * `/proc/slabinfo` with the slab of entries alone.
 * @see https://man7.org/linux/man-pages/man5/slabinfo.5.html
 */
function slabFiles({ entries, entryBytes }: Table): TreeFiles {
  if (entryBytes === undefined) return {};
  const perSlab = Math.floor(4096 / entryBytes);
  const slabs = Math.ceil(entries / perSlab);
  const lines = [
    'slabinfo - version: 2.1',
    '# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>',
    `nf_conntrack ${entries} ${slabs * perSlab} ${entryBytes} ${perSlab} 1 : tunables 0 0 0 : slabdata ${slabs} ${slabs} 0`,
  ];
  return { 'proc/slabinfo': `${lines.join('\n')}\n` };
}
