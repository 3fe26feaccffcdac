import * as v from 'valibot';
import { eraOf } from '../../core/limit/era.js';
import { nodeOses } from '../../core/limit/expected-limit.js';
import { bundledShapesInfo, findShape } from '../../core/limit/instance-shapes.js';
import { isKernelRelease } from '../../core/limit/kernel-default.js';
import {
  kubernetesMinor,
  kubeProxyVersion,
  MAX_INT32,
  MAX_VCPUS,
} from '../../core/limit/limit-fields.js';
import { questionOf, type LimitAsked, type Size } from '../../core/limit/limit-question.js';
import { nearTypes } from '../../core/limit/near-types.js';
import { upgradePath } from '../../core/limit/upgrade-path.js';
import { limitData, limitText } from '../../core/render/limit.js';
import { present } from '../../core/text/present.js';
import { tool } from '../tool.js';

const MIB_PER_GIB = 1_024;
const MOST_GIB = 99_999;

function whole(least: number, most: number, description: string) {
  return v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(least),
      v.maxValue(most),
      v.description(description),
    ),
  );
}

function checked(description: string, isRight: (text: string) => boolean, allowed: string) {
  return v.exactOptional(
    v.pipe(v.string(), v.maxLength(64), v.check(isRight, allowed), v.description(description)),
  );
}

const type = v.pipe(v.string(), v.maxLength(40));
const minor = /^1\.\d{1,2}$/;

const upgradeSchema = v.object({
  version: v.string(),
  expected: v.number(),
  orElse: v.exactOptional(v.number()),
  change: v.picklist(['shrinks', 'grows', 'same']),
  why: v.exactOptional(v.string()),
});

const sizeSchema = { vcpus: v.number(), memoryGiB: v.number() };

/** `limit`: what the limit of a node would be. Asks no run. */
export const limitTool = tool({
  name: 'limit',
  title: 'Predicted limit of a node',
  description:
    'Predicts nf_conntrack_max of an EC2 instance type, or of vCPUs and memory, under a kube-proxy version: the number, what decides it, what would move it, and what later Kubernetes minors make of it. It asks neither AWS nor a run.',
  input: {
    type: v.exactOptional(v.pipe(type, v.description('EC2 instance type, such as t3.xlarge'))),
    vcpus: whole(1, MAX_VCPUS, 'vCPUs, with memoryGib, in place of a type'),
    memoryGib: v.exactOptional(
      v.pipe(
        v.number(),
        v.minValue(0.001),
        v.maxValue(MOST_GIB),
        v.description('memory in GiB as EC2 sells it, with vcpus, in place of a type'),
      ),
    ),
    kubeProxy: checked(
      'kube-proxy version, or none',
      (text) => eraOf(text) !== undefined,
      'should be a version of Kubernetes 1, such as 1.31 or 1.31.2, or none',
    ),
    kernel: checked(
      'kernel release; absent: what the operating system ships',
      isKernelRelease,
      'should begin with major.minor as uname -r does, such as 6.1',
    ),
    os: v.optional(v.pipe(v.picklist(nodeOses), v.description('operating system')), 'al2023'),
    maxPerCore: whole(0, MAX_INT32, 'conntrack.maxPerCore of kube-proxy'),
    min: whole(0, MAX_INT32, 'conntrack.min of kube-proxy'),
    compare: v.exactOptional(
      v.pipe(v.array(type), v.maxLength(10), v.description('other types to show beside it')),
    ),
    upgradeTo: checked(
      'what each minor up to this one makes of it',
      (text) => minor.test(text),
      'should be a minor of Kubernetes 1, such as 1.36',
    ),
  },
  output: {
    instanceType: v.exactOptional(v.string()),
    ...sizeSchema,
    os: v.string(),
    kernel: v.string(),
    kubeProxy: v.string(),
    kernelDefault: v.number(),
    boots: v.number(),
    kubeProxyTarget: v.nullable(v.number()),
    expected: v.pipe(v.number(), v.description('the limit: nf_conntrack_max')),
    orElse: v.exactOptional(v.number()),
    boundBy: v.pipe(v.string(), v.description('what decides it')),
    era: v.string(),
    reason: v.string(),
    moves: v.array(v.string()),
    upgrades: v.array(upgradeSchema),
    compared: v.array(
      v.object({
        instanceType: v.string(),
        ...sizeSchema,
        expected: v.number(),
        boundBy: v.string(),
      }),
    ),
    assumed: v.pipe(v.array(v.string()), v.description('what was not said, and taken for it')),
  },
  answer({ type: named, vcpus, memoryGib, compare = [], kubeProxy, upgradeTo, ...rest }) {
    const proxy = kubeProxy === undefined ? undefined : kubeProxyVersion(kubeProxy);
    const options: LimitAsked = { ...rest, ...present({ kubeProxy: proxy }) };
    const question = questionOf(sizeOf(named, vcpus, memoryGib), options);
    const to = upgradeTo === undefined ? undefined : kubernetesMinor(upgradeTo);
    if (to !== undefined && upgradePath(question.inputs, to).length === 0) {
      const { kubeProxy: of = '' } = question.inputs;
      throw new Error(`'upgradeTo' should be a minor after kube-proxy ${of}, got '1.${to}'`);
    }
    const compared = compare.map((other) => questionOf(shapeOf(other), options));
    const whole = { ...question, compared, ...present({ upgradeTo: to }) };
    const structured = present(limitData(whole));
    return { structured, lines: limitText(whole).trimEnd().split('\n') };
  },
});

function sizeOf(named?: string, vcpus?: number, memoryGib?: number): Size {
  const wanted = "give 'type', or both 'vcpus' and 'memoryGib'";
  if (named === undefined) {
    if (vcpus === undefined || memoryGib === undefined) throw new Error(wanted);
    return { vcpus, memoryMiB: Math.max(1, Math.round(memoryGib * MIB_PER_GIB)) };
  }
  if (vcpus !== undefined || memoryGib !== undefined) throw new Error(`${wanted}, not a mixture`);
  return shapeOf(named);
}

function shapeOf(named: string): Size {
  const shape = findShape(named);
  if (shape !== undefined) return shape;
  const meant = nearTypes(named);
  const hint = meant.length === 0 ? ';' : `; did you mean ${meant.join(', ')}?`;
  const { count, generatedOn } = bundledShapesInfo;
  throw new Error(
    `unknown instance type '${named}'${hint} ${count} types of ${generatedOn} are known here; for another, give 'vcpus' and 'memoryGib'`,
  );
}
