import { allowanceNames, type AllowanceName } from '../core/node/allowance.js';
import type { Ena, Machine } from './machine.js';
import { LATER, type TreeFiles } from './tree-files.js';

/** Folder of a tree that holds what `ethtool -S` prints of each interface; another is under `later`. */
const FOLDER = 'ethtool';

/** Connections by which what is left differs between two readings. */
const MOVED = 7;

/** Interfaces as Amazon Linux names them: `ens5`, `ens6`. */
function interfaceName(index: number): string {
  return `ens${5 + index}`;
}

/** The interfaces of a host with Amazon's driver. */
export function interfaceNames(ena: Ena | undefined): string[] {
  return Array.from({ length: ena?.interfaces ?? 0 }, (_, index) => interfaceName(index));
}

/** What `ethtool -S` prints of each of a host's interfaces, now and when the probe looks again. */
export function enaFiles({ ena }: Machine): TreeFiles {
  if (ena === undefined) return {};
  const { interfaces, exceeded = {}, grown = {} } = ena;
  const files = Array.from({ length: interfaces }, (_, index) => {
    const path = `${FOLDER}/${interfaceName(index)}`;
    const count = (name: AllowanceName) => (index === 0 ? (exceeded[name] ?? 0) : 0);
    const later = (name: AllowanceName) => count(name) + (index === 0 ? (grown[name] ?? 0) : 0);
    return [
      [path, statistics(ena, count)],
      // A busy instance opens and closes connections all the time.
      [`${LATER}/${path}`, statistics({ ...ena, ...moved(ena) }, later)],
    ];
  });
  return Object.fromEntries(files.flat()) as TreeFiles;
}

function moved({ available }: Ena): Partial<Ena> {
  return available === undefined ? {} : { available: Math.max(0, available - MOVED) };
}

/** Link -> target: the driver of each interface. */
export function enaLinks({ ena }: Machine): TreeFiles {
  const links = Array.from({ length: ena?.interfaces ?? 0 }, (_, index) => [
    `sys/class/net/${interfaceName(index)}/device/driver`,
    '../../../../../bus/pci/drivers/ena',
  ]);
  return Object.fromEntries(links) as TreeFiles;
}

/**
 * The part of the driver's statistics that is not of queues. Each interface tells what is left for the
 * whole instance.
 *
 * @see https://github.com/amzn/amzn-drivers/blob/master/kernel/linux/ena/ena_ethtool.c
 */
function statistics({ available }: Ena, count: (name: AllowanceName) => number): string {
  const driver = ['total_resets', 'tx_timeout', 'suspend', 'resume', 'wd_expired'];
  const lines = [
    ...driver.map((name) => [name, 0] as const),
    ...([['interface_up', 1]] as const),
    ...allowanceNames.map((name) => [`${name}_allowance_exceeded`, count(name)] as const),
    ...(available === undefined ? [] : [['conntrack_allowance_available', available] as const]),
  ];
  return `NIC statistics:\n${lines.map(([name, value]) => `     ${name}: ${value}\n`).join('')}`;
}

/** An `ethtool` that knows the statistics of the tree that is probed. */
export const ethtoolTool = `#!/bin/sh
folder=$CONNTRACK_PROBE_ROOT/${FOLDER}
[ -d "$folder" ] || { echo 'ethtool: not found' >&2; exit 127; }
[ "$1" = -S ] || { echo 'ethtool: only -S is simulated' >&2; exit 1; }
[ "$CONNTRACK_PROBE_WHEN" != later ] || folder=$CONNTRACK_PROBE_LATER/${FOLDER}
[ -r "$folder/$2" ] || { echo 'no stats available' >&2; exit 94; }
exec cat "$folder/$2"
`;
