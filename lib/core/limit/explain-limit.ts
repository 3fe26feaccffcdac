import { bytes, count } from '../text/format.js';
import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import { eraOf, LAST_MINOR, raiseOnlyChange, type Era } from './era.js';
import { conntrackOf, expectedLimit, targetOf, usableBytes } from './expected-limit.js';
import type { ExpectedLimit, LimitInputs } from './expected-limit.js';
import type { KubeProxyTarget } from './kube-proxy-target.js';
import { movesOf } from './limit-moves.js';

/** A predicted limit in plain English; each text is one or more whole sentences. */
export interface LimitExplanation {
  /** Why the limit has this value. */
  readonly why: string;
  /** What moves it, and what does not: vCPUs, memory, configuration, in that order. */
  readonly moves: readonly string[];
}

/** Explains `expectedLimit` of the same inputs, and fails if that fails. */
export function explainLimit(inputs: LimitInputs): LimitExplanation {
  return { why: whyLimit(inputs), moves: movesOf(inputs) };
}

/** Why the limit has this value: `explainLimit` without what moves it. */
export function whyLimit(inputs: LimitInputs): string {
  const limit = expectedLimit(inputs);
  const boot = bootText(inputs, limit);
  const era = eraOf(inputs.kubeProxy);
  if (era === undefined)
    return `The kube-proxy version is unknown, so no limit is expected. The node boots with ${boot}, which kube-proxy may since have replaced.`;
  if (era.writes === 'never') return `No kube-proxy runs, so the node keeps ${boot}.`;
  const target = targetOf(inputs, era);
  const who = kubeProxyText(inputs);
  if (target === undefined)
    return `${who} leaves the limit alone, as its maxPerCore is 0 (its min is then ignored too), so the node keeps ${boot}.`;
  const does = written(era, target.limit, limit.boots, boot);
  const caveats = `${patchCaveat(limit)}${assumption(inputs)}`;
  return `${who} computes ${computed(inputs, target)}, ${does}.${caveats}`;
}

/** `kube-proxy 1.31.2`; without a number if the version cannot be read. */
export function kubeProxyText({ kubeProxy }: LimitInputs): string {
  const version = kubeProxy === undefined ? undefined : parseKubeProxyVersion(kubeProxy);
  return version === undefined ? 'kube-proxy' : `kube-proxy ${version.text}`;
}

/** `32,768 x 4 vCPU = 131,072` */
export function scaledText(inputs: LimitInputs): string {
  const { maxPerCore } = conntrackOf(inputs);
  const scaled = count(maxPerCore * inputs.vcpus);
  return `${count(maxPerCore)} x ${count(inputs.vcpus)} vCPU = ${scaled}`;
}

function computed(inputs: LimitInputs, { limit, boundBy }: KubeProxyTarget): string {
  const { min } = conntrackOf(inputs);
  const scaled = scaledText(inputs);
  if (boundBy !== 'kube-proxy-cap')
    return `${count(limit)}, the larger of its min ${count(min)} and ${scaled}`;
  const ignored = min > limit ? `, ignoring its min of ${count(min)}` : '';
  return `${scaled}, cuts that to its cap of ${count(limit)}${ignored}`;
}

function written(era: Era, target: number, boots: number, boot: string): string {
  if (target === boots) return `which equals ${boot}`;
  if (target > boots) return `and raises the limit to it from ${boot}`;
  if (era.writes === 'raises-only')
    return `but only ever raises the limit, so the node keeps ${boot}`;
  return `and writes it even though that lowers the limit from ${boot}`;
}

function patchCaveat({ orElse }: ExpectedLimit): string {
  if (orElse === undefined) return '';
  return ` A patch release of 1.36 or 1.37 may already only raise the limit (${raiseOnlyChange}); with that change it stays at ${count(orElse)}.`;
}

/** A version beyond those whose rule is known. */
function assumption({ kubeProxy }: LimitInputs): string {
  const version = parseKubeProxyVersion(kubeProxy ?? 'none');
  if (version === undefined || version.minor <= LAST_MINOR) return '';
  return ` The rule of ${version.text} is not known: it is assumed like 1.${LAST_MINOR}.`;
}

function bootText(inputs: LimitInputs, { boots }: ExpectedLimit): string {
  if (inputs.os === 'bottlerocket') return `the ${count(boots)} that Bottlerocket sets at boot`;
  const memory = bytes(usableBytes(inputs.memory));
  const about = 'usableBytes' in inputs.memory ? '' : 'about ';
  return `the kernel default of ${count(boots)} for ${about}${memory} of usable memory`;
}
