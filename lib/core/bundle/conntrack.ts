/** What one file of conntrack(8) holds: counters of each CPU, and entries. */
export interface ConntrackFile {
  /** By name, summed over CPUs. */
  readonly counters: Map<string, number>;
  /** The first entries, at most `MOST_ENTRIES`. */
  readonly entries: string[];
  /** Whether there were more, or the last line was cut. */
  isCut: boolean;
  hasIpv6: boolean;
}

/** Entries that are kept. A list is in hash order, so that its first part is a fair sample. House choice. */
const MOST_ENTRIES = 50_000;
/** No entry is longer, names of labels included. */
const LONGEST_ENTRY = 1_000;

/** The names of conntrack(8) that the kernel's own file calls otherwise. */
const kernelNames: Readonly<Record<string, string>> = {
  clash_resolve: 'clashres',
  chaintoolong: 'chainlength',
  error: 'icmp_error',
};

export function newConntrackFile(): ConntrackFile {
  return { counters: new Map(), entries: [], isCut: false, hasIpv6: false };
}

/** Takes one line of `conntrack -S` or `conntrack -L`; any other line is none of them. */
export function takeConntrackLine(file: ConntrackFile, line: string): void {
  if (line.startsWith('cpu=')) takeCounters(file.counters, line);
  else if (line.includes('src=')) takeEntry(file, line);
}

function takeCounters(counters: Map<string, number>, line: string): void {
  for (const [, name = '', value] of line
    .slice(0, 2_000)
    .matchAll(/\b([a-z_]{3,30})=(\d{1,15})\b/g)) {
    if (name === 'cpu') continue;
    const known = kernelNames[name] ?? name;
    counters.set(known, (counters.get(known) ?? 0) + Number(value));
  }
}

function takeEntry(file: ConntrackFile, line: string): void {
  if (line.length > LONGEST_ENTRY) return;
  if (file.entries.length >= MOST_ENTRIES) {
    file.isCut = true;
    return;
  }
  file.entries.push(line);
  if (!file.hasIpv6 && /\bsrc=[0-9a-f]*:/.test(line)) file.hasIpv6 = true;
}
