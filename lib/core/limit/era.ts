import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import { remembered } from '../text/remembered.js';

/** Kubernetes versions whose kube-proxy writes the limit by the same rule. Public words of the JSON. */
export const eraIds = [
  '1.22-and-before',
  '1.23-1.28',
  '1.29-1.35',
  '1.36-1.37',
  '1.38-and-later',
  'none',
] as const;

export type EraId = (typeof eraIds)[number];

/** How the kube-proxy of one era writes `nf_conntrack_max` when it starts. */
export interface Era {
  readonly id: EraId;
  /**
   * `exact`: its own number, even if that lowers the limit. `raises-only`: its own number if it is higher.
   * `exact-or-raises-only`: exact, unless the patch release carries the later fix. `never`: no kube-proxy.
   */
  readonly writes: 'exact' | 'raises-only' | 'exact-or-raises-only' | 'never';
  /** The cap on what vCPUs give; absent if there is none. */
  readonly cap?: number;
}

/** kube-proxy's cap on what vCPUs give, from 1.36 on. @see https://github.com/kubernetes/kubernetes/pull/137002 */
export const AUTOMATIC_LIMIT_CAP = 1_048_576;

/** With this change kube-proxy only raises the limit: from 1.38 on, and in patch releases before. */
export const raiseOnlyChange = 'https://github.com/kubernetes/kubernetes/pull/142035';

interface KubeProxyEra extends Era {
  /** A minor of Kubernetes 1. */
  readonly firstMinor: number;
}

const oldest: KubeProxyEra = { firstMinor: 0, id: '1.22-and-before', writes: 'exact' };

/**
 * Every era in which a kube-proxy runs, oldest first.
 * @see https://github.com/kubernetes/kubernetes/pull/103174 only raises, from 1.23
 * @see https://github.com/kubernetes/kubernetes/pull/120448 lowers again, from 1.29
 * @see https://github.com/kubernetes/kubernetes/pull/142035 only raises, from 1.38 and in patches of 1.36 and 1.37
 */
export const kubeProxyEras: readonly KubeProxyEra[] = [
  oldest,
  { firstMinor: 23, id: '1.23-1.28', writes: 'raises-only' },
  { firstMinor: 29, id: '1.29-1.35', writes: 'exact' },
  { firstMinor: 36, id: '1.36-1.37', writes: 'exact-or-raises-only', cap: AUTOMATIC_LIMIT_CAP },
  { firstMinor: 38, id: '1.38-and-later', writes: 'raises-only', cap: AUTOMATIC_LIMIT_CAP },
];

/** The era of a kube-proxy version, or of `none`. Undefined when unknown or unreadable: never a guess. */
export const eraOf = remembered((version: string | undefined): Era | undefined => {
  if (version === undefined) return undefined;
  if (version === 'none') return { id: 'none', writes: 'never' };
  const readable = parseKubeProxyVersion(version);
  if (readable === undefined) return undefined;
  const era = eraOfMinor(readable.minor);
  // Changes are picked into a release branch after its first release, so that a .0 carries none.
  const mayBeFixed = era.writes !== 'exact-or-raises-only' || readable.patch !== 0;
  return mayBeFixed ? era : { ...era, writes: 'exact' };
});

/** The last minor whose rule is known; later ones are assumed to keep it. */
export const LAST_MINOR = 38;

/** The era of a minor of Kubernetes 1. */
export function eraOfMinor(minor: number): Era {
  return kubeProxyEras.reduce((found, era) => (minor >= era.firstMinor ? era : found), oldest);
}
