import { Command, Option } from '@commander-js/extra-typings';
import { assumedKernel } from '../core/limit/assumed-kernel.js';
import { nodeOses, type LimitInputs } from '../core/limit/expected-limit.js';
import { upgradePath } from '../core/limit/upgrade-path.js';
import { present } from '../core/text/present.js';
import { bundledShapesInfo, findShape } from '../core/limit/instance-shapes.js';
import { exitCodes } from './exit-codes.js';
import type { Printed } from '../core/render/lines.js';
import { limitJson, limitText, type LimitQuestion } from '../core/render/limit.js';
import {
  instanceTypes,
  kernelRelease,
  kubernetesMinor,
  kubeProxyVersion,
} from './limit-options.js';
import { memoryInMiB, wholeNumber } from './limit-options.js';
import { MAX_INT32, MAX_VCPUS, type GivenKubeProxy } from './limit-options.js';
import { nearTypes } from './near-types.js';

/** A house choice: an answer that uses it names it. */
const ASSUMED_KUBE_PROXY = '1.35';

/** What is asked beside the size. */
export interface Options extends Pick<LimitInputs, 'os' | 'maxPerCore' | 'min'> {
  readonly vcpus?: number;
  readonly kubeProxy?: GivenKubeProxy;
  readonly kernel?: string;
  readonly memoryGib?: number;
  readonly compare?: readonly string[];
  readonly upgradeTo?: number;
}

/** A size of EC2, or one that somebody made up. */
export interface Size {
  readonly instanceType?: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
}

/**
 * `limit`: predicts the limit of an instance type, or of a number of vCPUs and an amount of memory. Asks
 * neither AWS nor a node.
 */
export function limitCommand(write: (text: Printed) => void = toStandardOutput) {
  return new Command('limit')
    .description('predict the conntrack limit of a node, and say what would move it')
    .argument('[type]', 'EC2 instance type, such as t3.xlarge')
    .option('--vcpus <n>', 'vCPUs, in place of a type', wholeNumber(1, MAX_VCPUS))
    .option('--memory-gib <n>', 'memory as EC2 sells it, in place of a type', memoryInMiB)
    .option(
      '--kube-proxy <version>',
      `kube-proxy version, or none (default: ${ASSUMED_KUBE_PROXY})`,
      kubeProxyVersion,
    )
    .option('--kernel <release>', 'kernel release (default: what the OS ships)', kernelRelease)
    .addOption(new Option('--os <os>', 'operating system').choices(nodeOses).default('al2023'))
    .option('--max-per-core <n>', 'conntrack.maxPerCore of kube-proxy', wholeNumber(0, MAX_INT32))
    .option('--min <n>', 'conntrack.min of kube-proxy', wholeNumber(0, MAX_INT32))
    .option('--compare <types>', 'other types to show beside it, joined by commas', instanceTypes)
    .option(
      '--upgrade-to <minor>',
      'show what each minor up to this one makes of it',
      kubernetesMinor,
    )
    .option('--json', 'print JSON')
    .action((type, { json, ...options }, command) => {
      const question = askedQuestion(type, options);
      if (typeof question === 'string')
        return command.error(`error: ${question}`, { exitCode: exitCodes.error });
      write(json === true ? limitJson(question) : limitText(question));
    });
}

/** The whole question, or a sentence that says what is wrong with it. */
function askedQuestion(type: string | undefined, options: Options): LimitQuestion | string {
  const size = sizeOf(type, options);
  if (typeof size === 'string') return size;
  const others = (options.compare ?? []).map((other) => findShape(other) ?? unknownType(other));
  const unknown = others.find((other) => typeof other === 'string');
  if (unknown !== undefined) return unknown;
  const question = questionOf(size, options);
  const { upgradeTo } = options;
  if (upgradeTo !== undefined && upgradePath(question.inputs, upgradeTo).length === 0)
    return `--upgrade-to should be a minor after kube-proxy ${question.inputs.kubeProxy ?? ''}, got 1.${upgradeTo}`;
  const compared = others.flatMap((other) =>
    typeof other === 'string' ? [] : [questionOf(other, options)],
  );
  return { ...question, compared, ...present({ upgradeTo }) };
}

/** The size in question, or a sentence that says what is wrong. */
function sizeOf(
  type: string | undefined,
  { vcpus, memoryGib }: Pick<Options, 'vcpus' | 'memoryGib'>,
): Size | string {
  const wanted = 'give an instance type, or both --vcpus and --memory-gib';
  if (type === undefined) {
    if (vcpus === undefined || memoryGib === undefined) return wanted;
    return { vcpus, memoryMiB: memoryGib };
  }
  if (vcpus !== undefined || memoryGib !== undefined) return `${wanted}, not a mixture`;
  return findShape(type) ?? unknownType(type);
}

function unknownType(type: string): string {
  const near = nearTypes(type);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
  const { count, generatedOn } = bundledShapesInfo;
  return `unknown instance type '${type}'${meant}\n${count} types of ${generatedOn} are known here; for another, give --vcpus and --memory-gib`;
}

/** The question about one size, with what is assumed where nobody said otherwise. */
export function questionOf(size: Size, options: Options): LimitQuestion {
  const { os, maxPerCore, min } = options;
  const { text: kubeProxy, era } = options.kubeProxy ?? kubeProxyVersion(ASSUMED_KUBE_PROXY);
  const kernel = options.kernel ?? assumedKernel(os, kubeProxy);
  const { vcpus, memoryMiB, instanceType } = size;
  const inputs = {
    memory: { nominalMiB: memoryMiB },
    vcpus,
    kernel,
    os,
    kubeProxy,
    maxPerCore,
    min,
  };
  const assumed = [
    ...(options.kubeProxy === undefined ? [`kube-proxy ${kubeProxy} (--kube-proxy)`] : []),
    ...(options.kernel === undefined ? [`kernel ${kernel} (--kernel)`] : []),
    'usable memory of 93% of what EC2 sells',
  ];
  return {
    inputs,
    era,
    memoryMiB,
    assumed,
    ...(instanceType === undefined ? {} : { instanceType }),
  };
}

function toStandardOutput(text: string): void {
  process.stdout.write(text);
}
