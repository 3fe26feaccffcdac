import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { artefactText } from '../../lib/cli/print-artefact.js';
import { errorLine } from '../../lib/cli/error-line.js';
import { configurationOf, patchOf } from '../../lib/cli/kube-proxy-config/config-map.js';
import { edited } from '../../lib/cli/kube-proxy-config/edit.js';
import { artefactsFor, renderable } from '../../lib/core/artefacts/index.js';
import { withTerraform } from '../../lib/core/artefacts/terraform.js';
import type { Artefact, ArtefactContext } from '../../lib/core/artefacts/artefact.js';
import { configurationSchema } from '../../lib/core/configuration/configuration.js';
import { evaluate } from '../../lib/core/judge/rule.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { readLedger } from '../../lib/core/ledger/read-ledger.js';
import { fleetSchema } from '../../lib/core/node/fleet-schema.js';
import { parseAnswer } from '../../lib/core/node/parse/answer.js';
import { nodeText } from '../../lib/core/render/node.js';
import { plain } from '../../lib/core/render/paint.js';
import { rules } from '../../lib/core/rules/index.js';
import { recalledSchema } from '../../lib/core/run/recalled-file.js';
import { answersSchema, askingSchema, commandSchema } from '../../lib/core/run/run-files.js';
import { ParseError, parsed } from '../../lib/core/text/parsed.js';
import { anyConfiguration } from '../support/any-configuration.js';
import { editable } from '../support/kube-proxy-configurations.js';
import { pageOf } from '../../lib/core/render/page/page.js';
import { escapesInDigest, escapesInReport, escapesInText, INJECTED } from './escapes-in.js';
import { aJudgement, answer, aWholeDigest } from './examples.js';
import { foreignMarkup } from './foreign-markup.js';
import { HOSTILE, mutated } from './hostile.js';

/** One kind of case: what goes in, and what escaped where it came out. It may throw nothing. */
export interface Kind {
  readonly name: string;
  /** Of ten thousand cases, how many are of this kind. */
  readonly share: number;
  readonly property: fc.IRawProperty<[unknown]>;
}

function kind<T>(
  name: string,
  share: number,
  input: fc.Arbitrary<T>,
  escapes: (value: T) => string[] | Promise<string[]>,
): Kind {
  const property = fc.asyncProperty(input, async (value) => {
    const found = await escapes(value);
    if (found.length > 0) throw new Error(`escaped: ${found.join('; ')}`);
  });
  return { name, share, property: property };
}

const { evidence, ...judged } = aJudgement();
const digest = aWholeDigest(judged.report);
const [read] = evidence.snapshots;
if (read === undefined) throw new Error('an example has a node');

/** Words of our own that no schema lets pass as anything else. */
const fixed = (key: string) =>
  ['severity', 'reason', 'nodeGroupKind', 'platform', 'architecture', 'hypervisor'].includes(key);

const context: ArtefactContext = {
  cluster: 'prod',
  region: 'us-east-1',
  program: 'conntrack-auditor',
  limit: 262_144,
  os: 'al2023',
  dnsAddress: '10.100.0.10',
  domain: 'cluster.local',
  nodeGroup: { name: 'blue', kind: 'managed' },
  nodes: [{ instanceId: 'i-1', nodeGroup: 'blue', kubeProxy: '1.31.2', vcpus: 2, limit: 131_072 }],
};

/** What of a run, a ledger and a configuration is read from outside, each with its reader. */
const savedRun = {
  'fleet.json': [fleetSchema, { ...evidence.fleet }],
  'recalled.json': [
    recalledSchema,
    {
      'i-1': {
        growth: { seconds: 9, counters: { drop: 1 }, exceeded: {} },
        trend: [{ secondsAgo: 9, entries: 1, max: 2 }],
        was: { 'hot-node': 'notice' },
      },
    },
  ],
  'asking.json': [askingSchema, { batches: [['i-1']], silent: evidence.silent }],
  'commands/0.json': [commandSchema, { instanceIds: ['i-1'], refused: ['i-2'] }],
  'answers/0.json': [answersSchema, [{ instanceId: 'i-1', status: 'answered', text: '{}' }]],
} as const;

/** The line that a person reads where reading fails, which it may only do as a `ParseError`. */
function escapesOfReading(reading: () => unknown): string[] {
  try {
    reading();
    return [];
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return escapesInText('error', errorLine(error));
  }
}

const judgedAnswer = (text: string): string[] => {
  const facts = parseAnswer(text);
  if (facts === undefined) return [];
  const verdicts = rules.map((rule) => ({
    rule: rule.id,
    ...evaluate(rule, { facts }, defaultPolicy),
  }));
  const crashed = verdicts.flatMap((one) =>
    one.verdict === 'crashed' ? [`crash: ${one.rule}: ${one.error}`] : [],
  );
  const escapes = escapesInText('node', nodeText(facts, verdicts, plain));
  const unbounded = JSON.stringify(facts).includes('1e+300') ? ['a fact of 1e300'] : [];
  return [...crashed, ...escapes, ...unbounded];
};

const fromAnswer = (text: string): string[] => {
  const facts = parseAnswer(text);
  return escapesInReport(
    facts === undefined
      ? { evidence, ...judged }
      : aJudgement({ ...evidence, snapshots: [{ ...read, facts: { ...read.facts, ...facts } }] }),
  );
};

const configurations = Object.values(editable);
const wanted = new Map([['min', 524_288]] as const);

function escapesOfEdit(config: string): string[] {
  try {
    const before = configurationOf(JSON.stringify({ kind: 'ConfigMap', data: { config } }));
    const patch = patchOf(before, edited(before, wanted));
    const [test] = JSON.parse(patch) as { value: string }[];
    return [
      ...escapesInText('patch', patch),
      ...(test?.value === config ? [] : ['patch: another text']),
    ];
  } catch (error) {
    return escapesInText('error', errorLine(error));
  }
}

const anAnswer = mutated(answer, undefined, true).map((value) =>
  JSON.stringify(value).replaceAll('1e+300', '1e300'),
);
const aConfig = fc
  .tuple(
    fc.constantFrom(...configurations),
    fc.nat(),
    fc.constantFrom(HOSTILE, '\u001b', '\u202e', '&a ', '*a', '\n', ': ', '-0', '1e300'),
    fc.nat({ max: 5 }),
  )
  .map(
    ([text, at, by, cut]) =>
      text.slice(0, at % text.length) + by + text.slice((at % text.length) + cut),
  );

/** A script without its comments and quoted texts. */
function unquoted(script: string): string {
  return script
    .replace(/^#.*$/gm, '')
    .replaceAll(`'\\''`, '')
    .replace(/'[^']*'/g, '');
}

/** In a script a quoted name may hold a line break; nowhere else may one begin a line, nor break the format. */
function escapesOfFile(artefact: Artefact): string[] {
  const { file, kind: format } = artefact;
  const text = artefactText(artefact);
  const outside = format === 'bash' ? unquoted(text) : text;
  const begun = outside.split('\n').some((line) => line.startsWith(INJECTED));
  const broken =
    format === 'kubernetes' && parseAllDocuments(text).flatMap(({ errors }) => errors).length > 0;
  return [...(begun ? [`${file}: a line`] : []), ...(broken ? [`${file}: no YAML`] : [])];
}

/** Every way from outside to what people and programs read. */
export const kinds: readonly Kind[] = [
  kind('an answer, parsed and judged by every rule', 1_700, anAnswer, judgedAnswer),
  kind('an answer, in the report', 80, anAnswer, fromAnswer),
  kind(
    'a text in place of an answer',
    2_500,
    fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
    judgedAnswer,
  ),
  kind('kube-proxy’s configuration in an answer', 250, aConfig, (config) =>
    judgedAnswer(
      JSON.stringify({ ...answer, kubeProxy: { running: true, tag: 'v1.31.2', config } }),
    ),
  ),
  kind('kube-proxy’s configuration, edited', 200, aConfig, escapesOfEdit),
  kind('names and tags, judged and told', 50, mutated(evidence, fixed), async (value) => {
    const judgement = aJudgement(value);
    return [
      ...escapesInReport(judgement),
      ...(await escapesInDigest(aWholeDigest(judgement.report))),
    ];
  }),
  kind('a report, its plan and its cases', 350, mutated(judged, fixed), (value) =>
    escapesInReport({ evidence, ...value }),
  ),
  kind('a judged run, as a page', 200, mutated({ evidence, ...judged }, fixed), (value) => {
    const page = pageOf(value);
    return [...escapesInText('page', page), ...foreignMarkup(page)];
  }),
  kind('a digest, in every format', 200, mutated(digest), escapesInDigest),
  kind(
    'files to apply',
    250,
    fc.tuple(
      fc.constantFrom(...renderable),
      mutated(context, (key) => ['os', 'kind', 'limit', 'program'].includes(key)),
    ),
    ([id, given]) => withTerraform(artefactsFor(id, given)).flatMap(escapesOfFile),
  ),
  kind('a configuration', 1_500, anyConfiguration, (value) =>
    escapesOfReading(() => parsed(configurationSchema, value, { name: 'x.yaml' })),
  ),
  ...Object.entries(savedRun).map(([name, [schema, example]]) =>
    kind(`a saved run: ${name}`, 300, mutated<unknown>(example, undefined, true), (value) =>
      escapesOfReading(() => parsed(schema, value, { name })),
    ),
  ),
  kind(
    'a ledger',
    1_220,
    mutated<unknown>(
      {
        schemaVersion: 1,
        region: 'r',
        runId: 'x',
        auditedAt: '2026-11-24T08:00:00Z',
        nodes: {},
        findings: {},
        outbox: [{ runId: 'x', promisedAt: '2026-11-24T08:00:00Z', digest }],
      },
      undefined,
      true,
    ),
    (value) => {
      readLedger(JSON.stringify(value));
      return [];
    },
  ),
];
