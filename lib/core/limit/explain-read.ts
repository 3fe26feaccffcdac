import { count } from '../text/format.js';
import { kubeProxyEras, type EraId } from './era.js';
import { BOTTLEROCKET_BOOT_LIMIT, expectedLimit, limitUnder } from './expected-limit.js';
import type { KnownLimit, LimitInputs } from './expected-limit.js';
import { kubeProxyText, whyLimit } from './explain-limit.js';
import { remembered, rememberedOf } from '../text/remembered.js';

/** The origins that the model knows for a limit that was read. */
export type ReadOrigin =
  | 'expected'
  | 'or-else'
  | 'bottlerocket-boot'
  | 'kernel-default'
  | 'hashsize'
  | 'another-era'
  | 'nothing'
  | 'unknown';

export interface ReadExplanation {
  /** Whether it is the limit that the model expects. Absent: the kube-proxy version is unknown. */
  readonly matches?: boolean;
  /** Whether a known origin sets this limit here. Absent as above. */
  readonly explained?: boolean;
  readonly by: ReadOrigin;
  /** The eras whose kube-proxy gives this limit, if the known one gives another. */
  readonly eras: readonly EraId[];
  readonly sentence: string;
}

/** The two numbers of `Table` to explain. */
export interface ReadLimit {
  readonly max: number;
  readonly buckets?: number | undefined;
}

/** Explains a limit that was read. Names the first origin that gives exactly this number. */
export function explainRead({ max, buckets }: ReadLimit, inputs: LimitInputs): ReadExplanation {
  return explanations(inputs)(max)(buckets);
}

/** The explanations of each limit that was read on nodes alike. */
const explanations = rememberedOf((inputs: LimitInputs) =>
  remembered((max: number) =>
    remembered((buckets: number | undefined) => explain({ max, buckets }, inputs)),
  ),
);

function explain(read: ReadLimit, inputs: LimitInputs): ReadExplanation {
  const limit = expectedLimit(inputs);
  if (limit.expected === undefined)
    return {
      by: 'unknown',
      eras: [],
      sentence: `${count(read.max)} cannot be explained. ${whyLimit(inputs)}`,
    };
  const by = originOf(read, inputs, limit);
  const matches = by === 'expected' || by === 'or-else';
  const eras = matches ? [] : erasGiving(read.max, inputs);
  const origin = by === 'nothing' && eras.length > 0 ? 'another-era' : by;
  return {
    matches,
    explained: origin !== 'nothing',
    by: origin,
    eras,
    sentence: sentences[origin]({ read, inputs, limit, eras }),
  };
}

function originOf(read: ReadLimit, inputs: LimitInputs, limit: KnownLimit): keyof typeof sentences {
  if (read.max === limit.expected) return 'expected';
  if (read.max === limit.orElse) return 'or-else';
  if (inputs.os === 'bottlerocket' && read.max === BOTTLEROCKET_BOOT_LIMIT)
    return 'bottlerocket-boot';
  if (read.max === limit.kernelDefault) return 'kernel-default';
  return isLoadedWithHashsize(read, limit) ? 'hashsize' : 'nothing';
}

/**
 * Loading nf_conntrack with `hashsize` makes the limit 8 times the buckets. If the buckets are those of
 * the kernel default, nobody chose them, and the limit is rather a round number that somebody chose.
 */
function isLoadedWithHashsize({ max, buckets }: ReadLimit, limit: KnownLimit): boolean {
  if (buckets === undefined || buckets === limit.kernelDefaultBuckets) return false;
  return max === buckets * 8;
}

function erasGiving(max: number, inputs: LimitInputs): EraId[] {
  return kubeProxyEras
    .filter((era) => {
      const { expected, orElse } = limitUnder(inputs, era);
      return expected === max || orElse === max;
    })
    .map(({ id }) => id);
}

interface Case {
  readonly read: ReadLimit;
  readonly inputs: LimitInputs;
  readonly limit: KnownLimit;
  readonly eras: readonly EraId[];
}

const sentences: Readonly<Record<Exclude<ReadOrigin, 'unknown'>, (found: Case) => string>> = {
  expected: ({ read, inputs }) =>
    `${count(read.max)} is what is expected here. ${whyLimit(inputs)}`,
  'or-else': ({ read, inputs }) =>
    `${count(read.max)} is what is expected here if this patch release only raises the limit. ${whyLimit(inputs)}`,
  'bottlerocket-boot': (found) => atBoot(found, 'what Bottlerocket sets at boot'),
  'kernel-default': (found) => atBoot(found, 'the kernel default for this memory'),
  hashsize: ({ read, ...found }) =>
    `${count(read.max)} is 8 times the buckets, as when nf_conntrack is loaded with hashsize=${read.max / 8}, and not ${theExpected(found)}.`,
  'another-era': ({ read, eras, ...found }) =>
    `${count(read.max)} is not ${theExpected(found)}, but what kube-proxy ${listed(eras)} gives here: such a version may run on this node, or wrote it last.`,
  nothing: ({ read, ...found }) =>
    `${count(read.max)} is not ${theExpected(found)}: a sysctl, or a conntrack block of kube-proxy that is not known here, set it.`,
};

function atBoot({ read, inputs, limit, eras }: Case, origin: string): string {
  const missing =
    limit.boundBy === 'bottlerocket'
      ? `the ${count(limit.boots)} of Bottlerocket did not take effect`
      : `${kubeProxyText(inputs)} has not written its ${count(limit.expected)} since`;
  const other = eras.length === 0 ? '' : `, or is of a version that leaves it (${listed(eras)})`;
  return `${count(read.max)} is ${origin}: ${missing}${other}.`;
}

function theExpected({ inputs, limit }: Pick<Case, 'inputs' | 'limit'>): string {
  const under =
    inputs.kubeProxy === 'none' ? 'without kube-proxy' : `under ${kubeProxyText(inputs)}`;
  return `the ${count(limit.expected)} that is expected ${under}`;
}

function listed(eras: readonly EraId[]): string {
  return eras.map((id) => id.replace('-and-', ' and ')).join(', ');
}
