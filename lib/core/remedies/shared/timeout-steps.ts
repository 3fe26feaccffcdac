import { eraOf, type Era } from '../../limit/era.js';
import type { NodeGroupKind } from '../../node/fleet.js';
import { parseKubeProxyVersion } from '../../node/kube-proxy-version.js';
import type { NodeFacts } from '../../node/snapshot.js';
import { count } from '../../text/format.js';
import { userDataOf } from './provisioner.js';

/** A timeout of the kernel (sysctl without `nf_conntrack_`) that is to be shorter. */
export interface Shortened {
  readonly timeout: string;
  readonly seconds: number;
  readonly shorter: number;
}

/** The timeouts that kube-proxy can write, by their name in its configuration, and from which minor on. */
const ofKubeProxy: Readonly<Record<string, { readonly key: string; readonly firstMinor: number }>> =
  {
    tcp_timeout_close_wait: { key: 'tcpCloseWaitTimeout', firstMinor: 0 },
    tcp_timeout_established: { key: 'tcpEstablishedTimeout', firstMinor: 0 },
    udp_timeout: { key: 'udpTimeout', firstMinor: 29 },
  };

/** What decides where a timeout is written so that it lasts. */
export interface Written {
  readonly facts: Pick<NodeFacts, 'kubeProxy'>;
  readonly nodeGroupKind: NodeGroupKind;
}

/** How to shorten timeouts: now, for good, back again, and how to see that it worked. */
export function timeoutSteps(worth: readonly Shortened[], weighed: Written): string[] {
  const longest = Math.max(...worth.map((one) => one.seconds));
  return [
    `now, on the node: ${sysctl(worth, 'shorter')}`,
    ...forGood(worth, weighed),
    `undo: ${sysctl(worth, 'seconds')}, and take the durable edit back`,
    `proof: an audit after ${secondsText(longest)} or more reads fewer entries; those that are there wait out the timeout that they began with`,
  ];
}

function sysctl(worth: readonly Shortened[], which: 'seconds' | 'shorter'): string {
  const settings = worth.map((one) => `net.netfilter.nf_conntrack_${one.timeout}=${one[which]}`);
  return `sysctl -w ${settings.join(' ')}`;
}

/** Where kube-proxy writes a timeout its own value has to change; one that only raises it cannot lower it. */
function forGood(worth: readonly Shortened[], { facts, nodeGroupKind }: Written): string[] {
  const version = facts.kubeProxy?.version;
  const era = eraOf(version);
  const written = worth.filter(({ timeout }) => isWritten(timeout, version, era));
  const alone =
    era?.writes === 'raises-only' ? worth : worth.filter((one) => !written.includes(one));
  const values = written.map(
    (one) => `conntrack.${ofKubeProxy[one.timeout]?.key ?? ''}: ${one.shorter}s`,
  );
  const why =
    era?.writes === 'raises-only' ? ', as this kube-proxy only ever raises a timeout' : '';
  return [
    ...(written.length === 0
      ? []
      : [
          `for good: ${values.join(' and ')} in the ConfigMap kube-proxy-config, then kubectl -n kube-system rollout restart daemonset kube-proxy (it holds for every node of the cluster)`,
        ]),
    ...(alone.length === 0
      ? []
      : [
          `for good: ${alone.map((one) => `net.netfilter.nf_conntrack_${one.timeout} = ${one.shorter}`).join(' and ')} in ${userDataOf(nodeGroupKind)}${why}`,
        ]),
  ];
}

/** A kube-proxy of an unknown version is taken for one of today. */
function isWritten(timeout: string, version: string | undefined, era: Era | undefined): boolean {
  const key = ofKubeProxy[timeout];
  if (key === undefined || era?.writes === 'never') return false;
  const minor = version === undefined ? undefined : parseKubeProxyVersion(version)?.minor;
  return (minor ?? Infinity) >= key.firstMinor;
}

export function secondsText(value: number): string {
  return `${count(value)} s`;
}
