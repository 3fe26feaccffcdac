import { Command, Option } from '@commander-js/extra-typings';
import { nodeOses } from '../core/limit/expected-limit.js';
import { MAX_INT32, MAX_VCPUS } from '../core/limit/limit-fields.js';
import { ASSUMED_KUBE_PROXY, askedQuestion } from '../core/limit/limit-question.js';
import { limitJson, limitText } from '../core/render/limit.js';
import type { Printed } from '../core/render/lines.js';
import { exitCodes } from './exit-codes.js';
import {
  instanceTypes,
  kernelRelease,
  kubernetesMinor,
  kubeProxyVersion,
  memoryInMiB,
  wholeNumber,
} from './limit-options.js';

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

function toStandardOutput(text: string): void {
  process.stdout.write(text);
}
