import { present } from '../text/present.js';
import { answerOf } from './answer.js';
import type { BundleReader } from './bundle-reader.js';
import { bundleFiles, type BundleFileKind, type Collector } from './files.js';
import { hostnameOf } from './host-files.js';
import { identityOf, type BundleIdentity } from './identity.js';
import type { BundleState, Pick } from './state.js';
import { isHostNetwork } from './sysctl.js';

/** What one bundle says. */
export interface ReadBundle {
  readonly identity: BundleIdentity;
  /** Absent: files that no collector laid out. */
  readonly collector?: Collector;
  /** In the form of the probe's answer. */
  readonly answer: string;
  /** What it does not tell, in words. */
  readonly lacks: readonly string[];
}

/**
 * Puts together what was read of a bundle, which was taken at that time (ISO 8601, UTC). Fails where it says nothing of
 * a host's table, in words that follow the name of the bundle.
 */
export function readBundle(reader: BundleReader, takenAt?: string): ReadBundle {
  const { named, found } = reader;
  const pick: Pick = (kind) => (named.seen.has(kind) ? named : found);
  mustBeOfHost(pick);
  const collector = collectorOf(named);
  const isAuto = named.seen.has('autoMode');
  const labels = new Map([...pick('kubelet').processes.labels, ...pick('ps').processes.labels]);
  const instanceType = pick('dmesgBoot').bootLog.instanceType ?? pick('dmesg').log.instanceType;
  const files = { ...named.identity };
  const identity = identityOf(files, labels, present({ instanceType, autoMode: isAuto }));
  const isBottlerocket = isAuto || named.seen.has('bottlerocket');
  return {
    identity,
    ...present({ collector }),
    answer: JSON.stringify(answerOf(pick, { isBottlerocket, ...present({ collector, takenAt }) })),
    lacks: lacksOf(pick),
  };
}

function collectorOf({ seen }: BundleState): Collector | undefined {
  if (seen.has('parameters')) return 'eks-log-collector';
  return seen.has('sysctl') ? 'node-monitoring-agent' : undefined;
}

/** What was taken within a pod has the limit of its host, and a count of its own. */
function mustBeOfHost(pick: Pick): void {
  const { settings } = pick('sysctl');
  if (isHostNetwork(settings) === false) {
    throw new Error(
      'was taken in the network of a pod: its sysctl output has net.netfilter.nf_conntrack_max and no net.nf_conntrack_max, which the host has; run the collector on the host',
    );
  }
  const [said, host] = [settings.get('kernel.hostname'), hostnameOf(pick('uname').host)];
  if (said !== undefined && host !== undefined && said !== host) {
    throw new Error(
      `mixes two hosts: its sysctl output is of '${said.slice(0, 80)}', and uname of '${host.slice(0, 80)}'`,
    );
  }
  const hasAny = settings.size > 0 || pick('conntrack').conntrack.entries.length > 0;
  if (!hasAny) {
    throw new Error(
      'holds no output of sysctl or conntrack: it is no bundle of eks-log-collector.sh or of a NodeDiagnostic, or its category Networking or System was left out',
    );
  }
}

function lacksOf(pick: Pick): string[] {
  const kinds = Object.keys(bundleFiles) as BundleFileKind[];
  const missing = kinds.flatMap((kind) => {
    const file = bundleFiles[kind];
    return 'tells' in file && !pick(kind).seen.has(kind) ? [file.tells] : [];
  });
  return [...missing, ...neverTold];
}

/** What no bundle holds, whoever made it. */
const neverTold = [
  'kube-proxy’s configuration',
  'growth within a few seconds',
  'bytes of an entry (/proc/slabinfo)',
];
