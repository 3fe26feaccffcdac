import { count } from '../text/format.js';
import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import { eraOfMinor, LAST_MINOR, raiseOnlyChange } from './era.js';
import { limitUnder, type KnownLimit, type LimitInputs } from './expected-limit.js';
import { scaledText } from './explain-limit.js';
import { rememberedOf } from '../text/remembered.js';

/** The limit of a node under a kube-proxy of this version. */
export interface UpgradeStep {
  /** `1.29` */
  readonly version: string;
  readonly expected: number;
  /** As in `KnownLimit`. */
  readonly orElse?: number;
  /** Against the version before. */
  readonly change: 'shrinks' | 'grows' | 'same';
  /** One sentence; absent if nothing changes. */
  readonly why?: string;
}

const FIRST_MINOR = 23;

/**
 * The limit on each later minor, from 1.23 at the earliest, up to and with `toMinor`. It assumes that the
 * kernel stays. Empty if the kube-proxy version is unknown, or if there is no kube-proxy to upgrade.
 */
export function upgradePath(inputs: LimitInputs, toMinor = LAST_MINOR): readonly UpgradeStep[] {
  return toMinor === LAST_MINOR ? toLastMinor(inputs) : pathTo(inputs, toMinor);
}

const toLastMinor = rememberedOf((inputs: LimitInputs) => pathTo(inputs, LAST_MINOR));

function pathTo(inputs: LimitInputs, toMinor: number): readonly UpgradeStep[] {
  const version = parseKubeProxyVersion(inputs.kubeProxy ?? 'none');
  if (version === undefined) return [];
  const first = Math.max(version.minor + 1, FIRST_MINOR);
  const minors = Array.from({ length: Math.max(0, toMinor - first + 1) }, (_, at) => first + at);
  return minors.map((minor) => {
    const from = minor === first ? version.minor : minor - 1;
    return stepBetween(inputs, from, minor);
  });
}

function stepBetween(inputs: LimitInputs, from: number, to: number): UpgradeStep {
  const before = limitUnder(inputs, eraOfMinor(from));
  const after = limitUnder(inputs, eraOfMinor(to));
  const { expected, orElse } = after;
  const version = `1.${to}`;
  const why = whyChanged(inputs, before, after);
  return {
    version,
    expected,
    ...(orElse === undefined ? {} : { orElse }),
    change: changeBetween(before.expected, expected),
    ...(why === undefined ? {} : { why: `${version}: ${why}` }),
  };
}

function changeBetween(before: number, after: number): UpgradeStep['change'] {
  if (after < before) return 'shrinks';
  return after > before ? 'grows' : 'same';
}

function whyChanged(
  inputs: LimitInputs,
  before: KnownLimit,
  after: KnownLimit,
): string | undefined {
  if (after.expected === before.expected) return maybeRaised(before, after);
  const change = `${count(before.expected)} becomes ${count(after.expected)}`;
  const boots = count(after.boots);
  if (after.expected > before.expected)
    return `${change}, as kube-proxy only raises the limit and keeps the ${boots} of the boot.`;
  if (after.boundBy === 'kube-proxy-cap')
    return `${change}, as kube-proxy cuts ${scaledText(inputs)} to its cap of ${count(after.expected)}.`;
  return `${change}, as kube-proxy writes its own number even though the node boots with ${boots}.`;
}

function maybeRaised(before: KnownLimit, { orElse }: KnownLimit): string | undefined {
  if (orElse === undefined || orElse === before.orElse) return undefined;
  return `a patch release may already only raise the limit, and then keeps ${count(orElse)} (${raiseOnlyChange}).`;
}
