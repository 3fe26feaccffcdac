import type { Artefact, ArtefactContext } from '../../lib/core/artefacts/artefact.js';
import { artefactsFor, renderable } from '../../lib/core/artefacts/index.js';
import { runbook } from '../../lib/core/artefacts/runbook.js';
import { withTerraform } from '../../lib/core/artefacts/terraform.js';
import { nodeOses } from '../../lib/core/limit/expected-limit.js';
import type { NodeGroupKind } from '../../lib/core/node/fleet.js';
import { aContext } from './a-context.js';

/** A name that would end a text, a line, or begin something in every format that files are printed in. */
const HOSTILE = `it's "\${x}" %{if} $(id) \`id\` {{a}} &b *c : - # é \\`;

/** Group kinds of nodes that files are made for; absent: the fault is the whole cluster's. */
const kinds: readonly (NodeGroupKind | undefined)[] = [
  undefined,
  'managed',
  'karpenter',
  'auto-scaling-group',
  'auto-mode',
  'none',
];

const aNode = { vcpus: 2, memoryBytes: 8e9, kubeProxy: '1.31.2', min: 131_072 };

/** Every kind of scope on every operating system, with names as they are and with hostile ones. */
const everyContext: readonly ArtefactContext[] = nodeOses.flatMap((os) =>
  kinds.flatMap((kind) =>
    ['payments', HOSTILE].flatMap((name) =>
      [{}, { maxPerCore: 0 }].map((config) => ({
        ...aContext,
        os,
        cluster: name,
        ...(kind && { nodeGroup: { name, kind } }),
        nodes: [
          { ...aNode, instanceId: `i-1${name}\n`, nodeGroup: name, limit: 1_048_576, ...config },
          { ...aNode, instanceId: `i-2${name}`, nodeGroup: 'other', memoryBytes: 1e9, ...config },
        ],
      })),
    ),
  ),
);

/** Each file that can be printed in these, as the remedy that it is of has it beside its others. */
export const everyRemedy: readonly (readonly Artefact[])[] = everyContext.flatMap((context) => [
  ...renderable.map((remedy) => withTerraform(artefactsFor(remedy, context))),
  [runbook({ id: 'by-hand', title: 'By hand', reason: HOSTILE, steps: [HOSTILE] })],
]);
