import { InvalidArgumentError } from '@commander-js/extra-typings';
import * as fields from '../core/limit/limit-fields.js';

/** Reads a whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number) =>
  option((text) => fields.wholeNumber(text, least, most));

/** Reads memory in GiB, such as 0.5 or 16, and returns MiB. */
export const memoryInMiB = option(fields.memoryInMiB);

/** Reads a Kubernetes minor, such as 1.36, and returns 36. */
export const kubernetesMinor = option(fields.kubernetesMinor);

/** Reads a kube-proxy version, or `none`. */
export const kubeProxyVersion = option(fields.kubeProxyVersion);

/** Reads a kernel release as `uname -r` prints it, or its first two numbers. */
export const kernelRelease = option(fields.kernelRelease);

/** Reads instance types joined by commas. The command says whether they are known. */
export function instanceTypes(text: string): string[] {
  return text.split(',').map((type) => type.trim());
}

/** A reader whose refusal names the option. */
function option<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
