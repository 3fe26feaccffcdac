import { groupsOf } from './groups.js';

/** What `dmesg` said, as far as facts are made of it. */
export interface KernelLog {
  /** Whether any line carries a time: a log that may not be read has none. */
  isRead: boolean;
  fullLines: number;
  /** Of those, lines that name the host's network namespace. */
  named: number;
  /** Seconds after boot of the last of them. */
  fullAt?: number;
  /** `m5.large`, as the firmware of EC2 says. */
  instanceType?: string;
}

/**
 * Network namespaces that are a host's first: the number that newer kernels give it for good, and what it had before.
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/linux/nsfs.h
 */
const hostNamespaces = ['4026531833', '4026531840'];

const full =
  /^(?:\[ *[TC]\d+\] *)?(?:(?:ip|nf)_conntrack: )?(?:ip|nf)_conntrack: table full(?: in netns (\d+))?, dropping packet/;
const firmware = /^(?:\[ *[TC]\d+\] *)?DMI: Amazon EC2 ([a-z0-9-]{2,20}\.[a-z0-9-]{2,20})\//;

export function newKernelLog(): KernelLog {
  return { isRead: false, fullLines: 0, named: 0 };
}

const stamped = /^(?:<\d+>)?\[ *(\d{1,12}\.\d{1,9})\] (.{0,300})/;

/** Takes a line of `dmesg`: `[12001.102938] nf_conntrack: nf_conntrack: table full, dropping packet`. */
export function takeLogLine(log: KernelLog, line: string): void {
  const found = groupsOf(stamped, line);
  if (found(1) === '') return;
  log.isRead = true;
  const type = groupsOf(firmware, found(2))(1);
  if (type !== '') log.instanceType ??= type;
  const namespace = full.exec(found(2))?.[1];
  if (full.test(found(2))) takeFull(log, namespace, Number(found(1)));
}

/** Every namespace of a host logs to the same ring: a full pod is not a full host. */
function takeFull(log: KernelLog, namespace: string | undefined, at: number): void {
  if (namespace !== undefined && !hostNamespaces.includes(namespace)) return;
  if (namespace !== undefined) log.named += 1;
  log.fullLines += 1;
  log.fullAt = at;
}
