/** What a bundle says of the host itself, line by line of several files. */
export interface HostFiles {
  memTotalKiB?: number;
  memAvailableKiB?: number;
  uptime?: number;
  /** CPUs that are online. */
  vcpus: number;
  /** `uname -a`. */
  uname?: string;
}

export function newHostFiles(): HostFiles {
  return { vcpus: 0 };
}

/** Takes a line of `/proc/stat`: one for each CPU begins `cpu0`. */
export function takeProcStat(host: HostFiles, line: string): void {
  if (/^cpu\d+ \d/.test(line)) host.vcpus += 1;
}

/** Takes the line of `uname -a`. */
export function takeUname(host: HostFiles, line: string): void {
  if (line.startsWith('Linux ')) host.uname ??= line.slice(0, 400);
}

/**
 * Takes a line of the head of `top`, as procps prints it and as the node monitoring agent imitates it. Uptime is known
 * to the minute, and memory to 0.1 MiB where it is told in MiB.
 */
export function takeTop(host: HostFiles, line: string): void {
  const text = line.slice(0, 300);
  const up = uptimeOf(text);
  if (up !== undefined) host.uptime ??= up;
  const [, unit, total] = /^([KMG])iB Mem *: *([\d.]+) *[Tt]otal/.exec(text) ?? [];
  if (unit !== undefined) host.memTotalKiB ??= kibibytes(unit, total);
  const [, swapUnit, available] = /^([KMG])iB Swap: .* ([\d.]+) avail Mem/.exec(text) ?? [];
  if (swapUnit !== undefined) host.memAvailableKiB ??= kibibytes(swapUnit, available);
}

const uptime =
  /^top - \d\d:\d\d:\d\d (?:up)? *(?:(\d{1,5}) days?, *)?(?:(\d{1,2}):(\d\d)|(\d{1,2}) min)/;

function uptimeOf(text: string): number | undefined {
  const found = uptime.exec(text);
  if (found === null) return undefined;
  const [days, hours, minutes, alone] = found.slice(1).map((part?: string) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0) + (alone ?? 0)) * 60;
}

const kibibytesOf: Readonly<Record<string, number>> = { K: 1, M: 1_024, G: 1_048_576 };

function kibibytes(unit: string, text = ''): number {
  return Math.round(Number(text) * (kibibytesOf[unit] ?? 0));
}

/** `ID` and `VERSION_ID` of the system, by the words that its builders put into the kernel's version. */
export function systemOf(
  { uname = '' }: HostFiles,
  isBottlerocket: boolean,
): { readonly id: string; readonly version?: string } | undefined {
  if (isBottlerocket) return { id: 'bottlerocket' };
  const [, amazon] = /\.amzn(2023|2)\./.exec(uname) ?? [];
  if (amazon !== undefined) return { id: 'amzn', version: amazon };
  const [, ubuntu] = /#\d+(?:~(\d\d\.\d\d)\.\d+)?-Ubuntu /.exec(uname) ?? [];
  if (ubuntu !== undefined) return { id: 'ubuntu', version: ubuntu };
  return uname.includes('-Ubuntu ') ? { id: 'ubuntu' } : undefined;
}

/** The second word of `uname -a`. */
export function hostnameOf({ uname = '' }: HostFiles): string | undefined {
  return /^Linux (\S+) /.exec(uname)?.[1];
}
