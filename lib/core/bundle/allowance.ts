import { groupsOf } from './groups.js';

/** What `ethtool -S` said, interface by interface. */
export interface InterfaceFiles {
  readonly names: Set<string>;
  readonly exceeded: Map<string, number>;
  /** Interfaces that count EC2's connections: those with Amazon's driver. */
  nics: number;
  /** The least that any interface says is left. */
  available?: number;
}

/** More interfaces than a node has. */
const MOST_NAMES = 4_096;
const heading = /^Interface ([\w.@-]{1,40})$/;
const counter = /^ *(bw_in|bw_out|pps|conntrack|linklocal)_allowance_exceeded *: *(\d{1,15})$/;
const gauge = /^ *conntrack_allowance_available *: *(\d{1,15})$/;

export function newInterfaceFiles(): InterfaceFiles {
  return { names: new Set(), exceeded: new Map(), nics: 0 };
}

/** Takes a line: `Interface eth0`, then `     conntrack_allowance_exceeded: 0`. */
export function takeEthtool(files: InterfaceFiles, line: string): void {
  const text = line.slice(0, 200).trimEnd();
  const name = groupsOf(heading, text)(1);
  if (name !== '' && files.names.size < MOST_NAMES) files.names.add(name);
  const counted = groupsOf(counter, text);
  if (counted(1) !== '') takeCounter(files, counted(1), Number(counted(2)));
  const left = groupsOf(gauge, text)(1);
  if (left !== '') files.available = Math.min(files.available ?? Infinity, Number(left));
}

function takeCounter(files: InterfaceFiles, limit: string, count: number): void {
  files.exceeded.set(limit, (files.exceeded.get(limit) ?? 0) + count);
  if (limit === 'conntrack') files.nics += 1;
}

/** The `ena` of an answer. One reading says nothing of growth. */
export function enaOf({ nics, exceeded, available }: InterfaceFiles): unknown {
  if (nics === 0) return undefined;
  return {
    nics,
    exceeded: Object.fromEntries(exceeded),
    ...(available !== undefined && { available }),
  };
}
