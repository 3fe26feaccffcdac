import { count } from '../text/format.js';
import { limitUnder, type BoundBy } from '../limit/expected-limit.js';
import { explainLimit, kubeProxyText } from '../limit/explain-limit.js';
import type { LimitQuestion } from '../limit/limit-question.js';
import { printedJson, printedLines, type Printed } from './lines.js';
import { upgradePath, type UpgradeStep } from '../limit/upgrade-path.js';

/** The answer for programs, as indented JSON. */
export function limitJson(question: LimitQuestion): Printed {
  return printedJson(limitData(question), 2);
}

/** The answer for programs. A `null` target: kube-proxy leaves the limit alone or does not run. */
export function limitData({
  inputs,
  era,
  instanceType,
  memoryMiB,
  assumed,
  compared = [],
  upgradeTo,
}: LimitQuestion) {
  const limit = limitUnder(inputs, era);
  const { why, moves } = explainLimit(inputs);
  return {
    ...(instanceType === undefined ? {} : { instanceType }),
    vcpus: inputs.vcpus,
    memoryGiB: memoryMiB / 1_024,
    os: inputs.os,
    kernel: inputs.kernel,
    kubeProxy: inputs.kubeProxy,
    kernelDefault: limit.kernelDefault,
    boots: limit.boots,
    kubeProxyTarget: limit.kubeProxyTarget ?? null,
    expected: limit.expected,
    orElse: limit.orElse,
    boundBy: limit.boundBy,
    era: limit.era,
    reason: why,
    moves,
    upgrades: upgradePath(inputs, upgradeTo),
    compared: compared.map(comparedJson),
    assumed,
  };
}

/** The answer for people: the number first, then why, what binds, and what moves it. */
export function limitText(question: LimitQuestion): Printed {
  const { inputs, era, assumed } = question;
  const limit = limitUnder(inputs, era);
  const { why, moves } = explainLimit(inputs);
  const lines = [
    `${count(limit.expected)} entries: the limit of ${nodeText(question)}`,
    '',
    `Why      ${why}`,
    `Binds    ${bindsText[limit.boundBy]}`,
    ...labelled('Moves', moves),
    ...labelled('Compare', comparison(question)),
    ...labelled('Upgrade', upgrades(question)),
    ...labelled('Assumed', assumed),
  ];
  return printedLines(lines);
}

const bindsText: Readonly<Record<BoundBy, string>> = {
  kernel: 'the kernel default, which memory decides (kernel)',
  bottlerocket: 'what Bottlerocket sets at boot (bottlerocket)',
  'kube-proxy-cores': 'the vCPU count times conntrack.maxPerCore (kube-proxy-cores)',
  'kube-proxy-min': 'conntrack.min of kube-proxy (kube-proxy-min)',
  'kube-proxy-cap': 'the cap of kube-proxy (kube-proxy-cap)',
};

function nodeText({ inputs, era, instanceType, memoryMiB }: LimitQuestion): string {
  const size = `${count(inputs.vcpus)} vCPU, ${count(memoryMiB / 1_024)} GiB`;
  const node = instanceType === undefined ? `a node with ${size}` : `${instanceType} (${size})`;
  const under = era.writes === 'never' ? 'without kube-proxy' : `under ${kubeProxyText(inputs)}`;
  return `${node} on ${inputs.os} ${under}`;
}

/** One row for each type, the type in question first. */
function comparison(question: LimitQuestion): string[] {
  const { compared = [] } = question;
  if (compared.length === 0) return [];
  const rows = [question, ...compared].map(comparedJson);
  return rows.map(({ instanceType, vcpus, memoryGiB, expected, boundBy }) => {
    const size = `${count(vcpus)} vCPU`.padStart(8) + `${count(memoryGiB)} GiB`.padStart(11);
    return `${instanceType.padEnd(16)}${size}${count(expected).padStart(12)}  ${boundBy}`;
  });
}

function comparedJson({ inputs, era, instanceType, memoryMiB }: LimitQuestion) {
  const { expected, boundBy } = limitUnder(inputs, era);
  const { vcpus } = inputs;
  return {
    instanceType: instanceType ?? 'this size',
    vcpus,
    memoryGiB: memoryMiB / 1_024,
    expected,
    boundBy,
  };
}

/** What changes on the way; if a minor was asked for, both ends come first. */
function upgrades({ inputs, era, upgradeTo }: LimitQuestion): string[] {
  const path = upgradePath(inputs, upgradeTo);
  const last = path.at(-1);
  if (upgradeTo === undefined || last === undefined) return path.flatMap(upgradeText);
  const { expected } = limitUnder(inputs, era);
  const ends = `to ${last.version}: ${count(expected)} -> ${count(last.expected)}`;
  return [expected === last.expected ? `${ends}, unchanged` : ends, ...path.flatMap(upgradeText)];
}

function upgradeText({ why, change }: UpgradeStep): string[] {
  if (why === undefined) return [];
  return [change === 'same' ? why : `${change} with ${why}`];
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, at) => `${(at === 0 ? label : '').padEnd(9)}${line}`);
}
