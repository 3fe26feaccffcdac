import { count } from '../format.js';
import { eraOf, parseKubeProxyVersion, raiseOnlyChange } from './era.js';
import { expectedLimit, type ExpectedLimit, type LimitInputs } from './expected-limit.js';
import { scaledText } from './explain-limit.js';

/** The limit of a node once its kube-proxy is of this version. */
export interface UpgradeStep {
  /** `1.29` */
  readonly version: string;
  readonly expected: number;
  /** As in `ExpectedLimit`. */
  readonly orElse?: number;
  /** Against the version before. */
  readonly change: 'shrinks' | 'grows' | 'same';
  /** One sentence; absent where nothing changes. */
  readonly why?: string;
}

const FIRST_MINOR = 23;
/** The last minor whose rule is known; later ones are assumed to keep it. */
const LAST_MINOR = 38;

/**
 * The limit on each later minor, from 1.23 at the earliest, up to and with `toMinor`. The kernel is taken
 * to stay. Empty where the kube-proxy version is unknown, or where there is no kube-proxy to upgrade.
 */
export function upgradePath(inputs: LimitInputs, toMinor = LAST_MINOR): UpgradeStep[] {
  const version = parseKubeProxyVersion(inputs.kubeProxy ?? 'none');
  if (version === undefined) return [];
  const first = Math.max(version.minor + 1, FIRST_MINOR);
  const minors = Array.from({ length: Math.max(0, toMinor - first + 1) }, (_, at) => first + at);
  const versions = [version.text, ...minors.map((minor) => `1.${minor}`)];
  return versions.slice(1).map((to, at) => stepBetween(inputs, versions[at] ?? to, to));
}

function stepBetween(inputs: LimitInputs, from: string, to: string): UpgradeStep {
  const before = expectedLimit({ ...inputs, kubeProxy: from });
  const after = expectedLimit({ ...inputs, kubeProxy: to });
  const { expected = after.boots, orElse } = after;
  const difference = expected - (before.expected ?? before.boots);
  const change = difference < 0 ? 'shrinks' : difference > 0 ? 'grows' : 'same';
  const why = whyChanged({ ...inputs, kubeProxy: to }, before, after);
  return {
    version: to,
    expected,
    ...(orElse === undefined ? {} : { orElse }),
    change,
    ...(why === undefined ? {} : { why: `${to}: ${why}` }),
  };
}

function whyChanged(
  inputs: LimitInputs,
  before: ExpectedLimit,
  after: ExpectedLimit,
): string | undefined {
  if (after.expected === before.expected) return maybeRaised(before, after);
  const change = `${count(before.expected ?? 0)} becomes ${count(after.expected ?? 0)}`;
  if (after.boundBy === 'kube-proxy-cap' && before.boundBy !== 'kube-proxy-cap')
    return `${change}, as kube-proxy cuts ${scaledText(inputs)} to its cap of ${count(after.expected ?? 0)}.`;
  if (eraOf(inputs.kubeProxy)?.writes === 'raises-only')
    return `${change}, as kube-proxy only raises the limit and keeps the ${count(after.boots)} of the boot.`;
  return `${change}, as kube-proxy writes its own number even though the node boots with ${count(after.boots)}.`;
}

function maybeRaised(before: ExpectedLimit, { orElse }: ExpectedLimit): string | undefined {
  if (orElse === undefined || orElse === before.orElse) return undefined;
  return `a patch release may already only raise the limit, and then keeps ${count(orElse)} (${raiseOnlyChange}).`;
}
