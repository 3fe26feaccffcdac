import { nodeOses, type NodeOs } from '../limit/expected-limit.js';
import * as fields from '../limit/limit-fields.js';
import { askedQuestion } from '../limit/limit-question.js';
import { present } from '../text/present.js';
import { limitJson } from './limit.js';
import type { Printed } from './lines.js';

/** A form that asks for a limit, as people fill it in: the options of `limit`, each as text. Empty: not given. */
export interface LimitForm {
  readonly type: string;
  readonly vcpus: string;
  readonly memoryGib: string;
  readonly kubeProxy: string;
  readonly kernel: string;
  readonly os: string;
  readonly maxPerCore: string;
  readonly min: string;
}

/** What `limit --json` prints of it, or the field that is wrong, by the name of its option, and why. */
export type LimitAnswer =
  { readonly json: Printed } | { readonly field: string | undefined; readonly error: string };

/** The answer to a form: the same that `limit` gives to the same options. */
export function limitAnswer(form: LimitForm): LimitAnswer {
  try {
    const question = askedQuestion(form.type === '' ? undefined : form.type, askedOf(form));
    return typeof question === 'string'
      ? { field: undefined, error: question }
      : { json: limitJson(question) };
  } catch (error) {
    if (error instanceof FieldError) return { field: error.field, error: error.message };
    throw error;
  }
}

class FieldError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

function askedOf(form: LimitForm) {
  const int32 = (text: string) => fields.wholeNumber(text, 0, fields.MAX_INT32);
  return {
    os: read('os', form.os, osOf) ?? 'al2023',
    ...present({
      vcpus: read('vcpus', form.vcpus, (text) => fields.wholeNumber(text, 1, fields.MAX_VCPUS)),
      memoryGib: read('memory-gib', form.memoryGib, fields.memoryInMiB),
      kubeProxy: read('kube-proxy', form.kubeProxy, fields.kubeProxyVersion),
      kernel: read('kernel', form.kernel, fields.kernelRelease),
      maxPerCore: read('max-per-core', form.maxPerCore, int32),
      min: read('min', form.min, int32),
    }),
  };
}

function read<T>(field: string, text: string, parse: (text: string) => T): T | undefined {
  if (text === '') return undefined;
  try {
    return parse(text);
  } catch (error) {
    throw new FieldError(field, error instanceof Error ? error.message : String(error));
  }
}

function osOf(text: string): NodeOs {
  const os = nodeOses.find((one) => one === text);
  if (os !== undefined) return os;
  throw new Error(`should be one of ${nodeOses.join(', ')}, got '${text}'`);
}
