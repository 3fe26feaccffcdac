import { readFileSync, writeFileSync } from 'node:fs';

/** The settings that the suite changes. They are global: a network namespace has none of its own. */
const files = {
  max: '/proc/sys/net/netfilter/nf_conntrack_max',
  // Written through the module's parameter, which takes a number of buckets on every kernel.
  buckets: '/sys/module/nf_conntrack/parameters/hashsize',
};

export type Sysctl = keyof typeof files;

export function readSysctl(name: Sysctl): number {
  return Number(readFileSync(files[name], 'utf8'));
}

export function writeSysctl(name: Sysctl, value: number): void {
  writeFileSync(files[name], String(value));
}
