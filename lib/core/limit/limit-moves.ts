import { bytes, count } from '../text/format.js';
import { eraOf, type Era } from './era.js';
import { limitUnder, type KnownLimit, type LimitInputs } from './expected-limit.js';
import { largerVcpuSizes, nextMemoryStep, nextVcpuStep, withMostMemory } from './growth.js';

/** What moves a predicted limit, and what does not, in whole sentences with numbers. */
export function movesOf(inputs: LimitInputs): string[] {
  const era = eraOf(inputs.kubeProxy);
  if (era === undefined)
    return [
      'The image tag of the kube-proxy DaemonSet tells its version: kubectl -n kube-system get daemonset kube-proxy -o wide.',
    ];
  return [
    vcpuSentence(inputs, era),
    memorySentence(inputs, era),
    configurationSentence(limitUnder(inputs, era), era),
  ];
}

function vcpuSentence(inputs: LimitInputs, era: Era): string {
  const sizes = largerVcpuSizes(inputs.vcpus);
  const at = (vcpus: number) => limitUnder({ ...inputs, vcpus }, era);
  const { expected } = at(inputs.vcpus);
  const lower = sizes.find((vcpus) => at(vcpus).expected < expected);
  if (lower !== undefined)
    return `More vCPUs would not raise it: ${count(lower)} vCPU would give ${limitText(at(lower))}, as kube-proxy then ignores its min.`;
  const next = nextVcpuStep(inputs);
  if (next === undefined) return `More vCPUs would leave it at ${limitText(at(inputs.vcpus))}.`;
  const idle = sizes.filter((vcpus) => vcpus < next.vcpus).at(-1);
  const stays =
    idle === undefined ? '' : `${count(idle)} vCPU would leave it at ${limitText(at(idle))}; `;
  return `${stays}${count(next.vcpus)} vCPU would give ${limitText(at(next.vcpus))}.`;
}

function memorySentence(inputs: LimitInputs, era: Era): string {
  const step = nextMemoryStep(inputs);
  if (step === undefined)
    return `More memory would leave it at ${limitText(limitUnder(withMostMemory(inputs), era))}.`;
  // EC2 sells memory in powers of two here, and a node sold with the threshold itself has less.
  const sold = bytes(step.aboveBytes * 2);
  return `More than ${bytes(step.aboveBytes)} of usable memory, as a node sold with ${sold} has, would give ${count(step.limit)}.`;
}

const sysctl = 'sysctl on the node (net.netfilter.nf_conntrack_max)';

function configurationSentence(limit: KnownLimit, era: Era): string {
  if (limit.kubeProxyTarget === undefined)
    return `A ${sysctl} moves it and stays, as no kube-proxy overwrites it.`;
  const lasts =
    era.writes === 'raises-only'
      ? `a higher ${sysctl} stays, as this kube-proxy only ever raises the limit.`
      : `a ${sysctl} lasts only until kube-proxy starts again, unless conntrack.maxPerCore is 0.`;
  if (limit.boundBy === 'kube-proxy-cap')
    return `conntrack.min of kube-proxy is ignored where the cap applies; ${lasts}`;
  return `A conntrack.min above ${count(limit.expected)} in the kube-proxy-config ConfigMap raises it when kube-proxy restarts; ${lasts}`;
}

/** `131,072`, and in parentheses the limit if the patch release already only raises it. */
function limitText({ expected, orElse }: KnownLimit): string {
  const other =
    orElse === undefined ? '' : ` (${count(orElse)} if its patch release only raises it)`;
  return `${count(expected)}${other}`;
}
