/** Columns of the kernel that conntrack(8) prints, by its own names for them. */
const names: Readonly<Record<string, string>> = {
  found: 'found',
  invalid: 'invalid',
  insert: 'insert',
  insert_failed: 'insert_failed',
  drop: 'drop',
  early_drop: 'early_drop',
  icmp_error: 'error',
  search_restart: 'search_restart',
  clashres: 'clash_resolve',
  chainlength: 'chaintoolong',
};

/**
 * What `conntrack -S` calls a column. Nothing where it does not print it.
 * @see https://git.netfilter.org/conntrack-tools/tree/src/conntrack.c
 */
export function bundleName(column: string): string | undefined {
  return names[column];
}
