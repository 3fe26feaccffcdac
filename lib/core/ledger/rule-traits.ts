/**
 * Rules that judge what grew between two readings. The first reading of a node can pass them and prove
 * nothing.
 */
const needsTwoReadings: readonly string[] = [
  'table-drops',
  'early-evictions',
  'insert-races',
  'allowance-exceeded',
  'link-local-exceeded',
  'time-to-full',
];

export function judgesGrowth(rule: string): boolean {
  return needsTwoReadings.includes(rule);
}

/** Rules that are not about how full the kernel's table is, or how large it may be. */
const besideTheTable: readonly string[] = [
  'insert-races',
  'node-local-dns-idle',
  'allowance-exceeded',
  'allowance-low',
  'link-local-exceeded',
  'vpc-idle-timeout',
  'reading-implausible',
  'node-silent',
];

/** Whether its table before and after shows that a finding of this rule was fixed. */
export function isAboutTable(rule: string): boolean {
  return !besideTheTable.includes(rule);
}
