/** The inputs of `/proc/net/stat/nf_conntrack`. */
export interface StatSource {
  /** `uname -r`: the columns depend on it. */
  readonly kernel: string;
  readonly vcpus: number;
  readonly entries: number;
  /** Column name -> one value per CPU; a CPU or column that is not named stands at 0. */
  readonly counters: Readonly<Record<string, readonly number[]>>;
}

const WIDTH = 8;

/**
 * `/proc/net/stat/nf_conntrack` as this kernel prints it: a header, then a row for each CPU in
 * hexadecimal. The second column was renamed in 5.10, the eighth in 5.15.
 *
 * Fails if a counter has no column in this kernel.
 *
 * @see https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/netfilter/nf_conntrack_standalone.c
 */
export function statText({ kernel, vcpus, entries, counters }: StatSource): string {
  const columns = columnsOf(kernel);
  const unknown = Object.keys(counters).filter((name) => !columns.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `Linux ${kernel} has no counter '${unknown.join("', '")}', only ${columns.join(', ')}`,
    );
  }

  const cpus = Math.max(vcpus, ...Object.values(counters).map((values) => values.length));
  const rows = Array.from({ length: cpus }, (_, cpu) =>
    layOut([entries, ...columns.map((name) => counters[name]?.[cpu] ?? 0)].map(hexadecimal)),
  );
  return [layOut(['entries', ...columns]), ...rows].map((row) => `${row}\n`).join('');
}

function columnsOf(kernel: string): string[] {
  const version = /^(\d+)\.(\d+)/.exec(kernel);
  if (version === null)
    throw new Error(`a kernel release should begin with major.minor, got '${kernel}'`);
  const release = Number(version[1]) * 1000 + Number(version[2]);

  const second = release >= 5010 ? 'clashres' : 'searched';
  const eighth = release >= 5015 ? 'chainlength' : 'delete_list';
  return [
    ...[second, 'found', 'new', 'invalid', 'ignore', 'delete', eighth],
    ...['insert', 'insert_failed', 'drop', 'early_drop', 'icmp_error'],
    ...['expect_new', 'expect_create', 'expect_delete', 'search_restart'],
  ];
}

/** The kernel sets three groups apart by a second space. */
function layOut(fields: readonly string[]): string {
  const [entries = '', ...rest] = fields;
  return [entries, rest.slice(0, 12).join(' '), rest.slice(12).join(' ')].join('  ');
}

/** The kernel's counters are 32 bits wide and start again from 0. */
function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(WIDTH, '0');
}
