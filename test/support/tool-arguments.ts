import fc from 'fast-check';
import { bundledShapes } from '../../lib/core/limit/instance-shapes.js';
import type { JudgedRun } from '../../lib/core/run/judged-run.js';
import { caseName } from '../../lib/core/render/selection.js';
import { anyText } from './hostile-digests.js';

/** The part of JSON Schema that the arguments of our tools use. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const changes = [
  'raise-limit=524288',
  'nodes=+2',
  'upgrade=1.36',
  'shorten-timeouts',
  'upgrade=',
  'nodes=-1',
];
const types = bundledShapes.slice(0, 30).map(({ instanceType }) => instanceType);

/** Names that the run has, by the argument that takes them. */
export function namesOf({ report, plan, cases, evidence }: JudgedRun, runId: string) {
  const clusters = report.clusters;
  const findings = report.findings.map(({ id }) => id);
  return {
    run: [runId],
    id: [...findings, ...plan.actions.map(({ id }) => id), 'raise-limit', 'hot-node'],
    finding: findings,
    case: cases.map(caseName),
    cluster: clusters,
    nodeGroup: [...new Set(evidence.fleet.nodes.map(({ nodeGroup }) => nodeGroup))],
    if: changes,
    type: types,
    compare: types,
    kubeProxy: ['1.28', '1.35.1', 'v1.31.2-eksbuild.5', 'none'],
    kernel: ['5.10', '6.12.40-63.114.amzn2023.x86_64'],
    upgradeTo: ['1.36', '1.99', '1.20'],
    dnsAddress: ['10.100.0.10', 'fd00:a9fe:140a::10'],
    domain: ['cluster.local'],
  };
}

type Names = Readonly<Record<string, readonly string[]>>;

const nobodys = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '../../etc/passwd', 'file:///etc/passwd', '$(id)'),
  fc.constantFrom<unknown>(0, -1, 0.5, 1e21, 2_147_483_648, null, true, {}, []),
  anyText,
  fc.jsonValue({ maxDepth: 2 }),
);

function rightFor(key: string, schema: Schema, names: Names): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.items !== undefined) {
    return fc.array(rightFor(key, schema.items, names), { minLength: 1, maxLength: 3 });
  }
  if (schema.type === 'string') return fc.constantFrom(...(names[key] ?? ['x']));
  const { minimum = 0, maximum = 100 } = schema;
  const least = Math.ceil(minimum);
  const small = fc.integer({ min: least, max: Math.min(maximum, least + 40) });
  return fc.oneof({ weight: 4, arbitrary: small }, fc.constantFrom(minimum, maximum));
}

/** Arguments by the published schema, most of them right: one in ten is what nobody would send. */
export function anyArguments({ properties = {}, required = [] }: Schema, names: Names) {
  const entries = Object.entries(properties).map(([key, schema]) => {
    const value = fc.oneof(
      { weight: 9, arbitrary: rightFor(key, schema, names) },
      { weight: 1, arbitrary: nobodys },
    );
    const isRequired = required.includes(key);
    return maybe(fc.tuple(fc.constant(key), value), isRequired ? 19 : 1, isRequired ? 1 : 3);
  });
  const unknown = fc.constantFrom('__proto__', 'from', 'path', '');
  const other = maybe(fc.tuple(unknown, nobodys), 1, 9);
  return fc
    .tuple(...entries, other)
    .map((all): object => Object.fromEntries(all.filter((one) => one !== undefined)));
}

/** The value or nothing, in these proportions. */
function maybe<T>(value: fc.Arbitrary<T>, is: number, isNot: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: is, arbitrary: value },
    { weight: isNot, arbitrary: fc.constant(undefined) },
  );
}
