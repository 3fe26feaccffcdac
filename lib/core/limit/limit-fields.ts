import { parseKubeProxyVersion } from '../node/kube-proxy-version.js';
import { eraOf, type Era } from './era.js';
import { isKernelRelease } from './kernel-default.js';

/** The largest number that kube-proxy's configuration can hold. */
export const MAX_INT32 = 2_147_483_647;
/** CONFIG_NR_CPUS of 64-bit kernels goes no higher. */
export const MAX_VCPUS = 8_192;

/** Reads a whole number from `least` to `most`. */
export function wholeNumber(text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`should be a whole number from ${least} to ${most}, got '${text}'`);
}

/** Reads memory in GiB, such as 0.5 or 16, and returns MiB. */
export function memoryInMiB(text: string): number {
  const value = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return Math.round(value * 1_024);
  throw new Error(`should be memory in GiB above 0, such as 0.5 or 16, got '${text}'`);
}

/** No minor is as high for a generation: each is a step of an upgrade. */
const MOST_MINOR = 99;

/** Reads a Kubernetes minor, such as 1.36, and returns 36. */
export function kubernetesMinor(text: string): number {
  const minor = parseKubeProxyVersion(text)?.minor;
  if (minor !== undefined && minor <= MOST_MINOR) return minor;
  throw new Error(`should be a version of Kubernetes 1, such as 1.36, got '${text}'`);
}

/** A given kube-proxy version, or `none`, and its era. */
export interface GivenKubeProxy {
  readonly text: string;
  readonly era: Era;
}

/** Reads a kube-proxy version, or `none`. */
export function kubeProxyVersion(text: string): GivenKubeProxy {
  const era = eraOf(text);
  if (era !== undefined) return { text, era };
  throw new Error(
    `should be a version of Kubernetes 1, such as 1.31 or 1.31.2, or none, got '${text}'`,
  );
}

/** Reads a kernel release as `uname -r` prints it, or its first two numbers. */
export function kernelRelease(text: string): string {
  if (isKernelRelease(text)) return text;
  throw new Error(`should begin with major.minor as uname -r does, such as 6.1, got '${text}'`);
}
