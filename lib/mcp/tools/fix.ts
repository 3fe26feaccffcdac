import * as v from 'valibot';
import { filesOf, type FixContext, type FixFile } from '../../cli/fix-files.js';
import { contextOfCluster, wantedByFinding, type Wanted } from '../../cli/fix-context.js';
import { filesOfPlan } from '../../cli/fix-plan.js';
import { modes, usual } from '../../cli/fix-usual.js';
import { MAX_INT32 } from '../../core/limit/limit-fields.js';
import { nodeOses } from '../../core/limit/expected-limit.js';
import { remedies } from '../../core/remedies/index.js';
import { selected } from '../../core/render/selection.js';
import type { JudgedRun } from '../../core/run/judged-run.js';
import { present } from '../../core/text/present.js';
import { namedBy, ROOM } from '../boundary.js';
import { leftLines, leftSchema, paging, within } from '../parts.js';
import { runArgument, runLine, runSchema, theRun, type Runs } from '../runs.js';
import { FROM_NODES, name, tool } from '../tool.js';

/** What may be asked for; one of them. */
const wanted = {
  finding: v.exactOptional(name('id of a finding of the run: the files that answer it')),
  remedy: v.exactOptional(
    v.pipe(v.picklist(remedies.map(({ id }) => id)), v.description('id of a remedy: its files')),
  ),
  plan: v.exactOptional(
    v.pipe(v.literal(true), v.description('the files of the whole plan, in the order of doing')),
  ),
};

/** What fills files in, over what the run says. */
const given = {
  limit: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(MAX_INT32),
      v.description('the limit that is wanted'),
    ),
  ),
  os: v.exactOptional(v.pipe(v.picklist(nodeOses), v.description('operating system of the nodes'))),
  dnsAddress: v.exactOptional(
    v.pipe(
      v.string(),
      v.maxLength(45),
      v.ip('should be an IP address'),
      v.description('ClusterIP of the service kube-dns'),
    ),
  ),
  domain: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(
        /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
        'should be a DNS name, such as cluster.local',
      ),
      v.description('domain of the cluster'),
    ),
  ),
  proxyMode: v.exactOptional(v.pipe(v.picklist(modes), v.description('mode of kube-proxy'))),
};

const fileSchema = v.object({
  remedy: v.string(),
  place: v.picklist(['recommended', 'alternative', 'stop-gap']),
  path: v.string(),
  kind: v.string(),
  explains: v.array(v.string()),
  text: v.exactOptional(
    v.pipe(v.string(), v.description('absent: too long for an answer, fix -o <dir> writes it')),
  ),
});

/** `fix`: what is ready to apply, as text. */
export const fixTool = tool({
  name: 'fix',
  title: 'Files to apply, as text',
  description: `The files that settle a finding, carry out a remedy or a whole plan, as text: patches, scripts, user data. They are not written, and nothing is run: people read and apply them. ${FROM_NODES}`,
  input: {
    ...runArgument,
    ...wanted,
    cluster: v.exactOptional(name('with remedy: the cluster that fills its files in')),
    ...given,
    ...paging,
  },
  output: {
    run: v.exactOptional(runSchema),
    total: v.number(),
    files: v.array(fileSchema),
    left: leftSchema,
  },
  documents: ['text'],
  async answer({ run: id, finding, remedy, plan, cluster, offset, ...context }, runs) {
    const asked = present({ finding, remedy, plan, cluster });
    const { run, files } = await filesFor(asked, context, runs, id);
    const listed = files.map(shownFile);
    const { lists, left } = within({ files: listed }, { offset }, { documents: ['text'] });
    return {
      structured: { ...present({ run }), total: files.length, ...lists, left },
      lines: [
        ...(run === undefined ? [] : [runLine(run)]),
        ...lists.files.flatMap(fileLines),
        ...leftLines(left),
      ],
    };
  },
});

interface Asked {
  readonly finding?: string;
  readonly remedy?: string;
  readonly plan?: true;
  readonly cluster?: string;
}

async function filesFor(asked: Asked, context: Partial<FixContext>, runs: Runs, id?: string) {
  const { finding, remedy, plan, cluster } = asked;
  const [what, ...others] = Object.keys(present({ finding, remedy, plan }));
  if (what === undefined || others.length > 0) {
    throw new Error(
      `give one of 'finding', 'remedy' and 'plan', got ${[what, ...others].join(', ') || 'none'}`,
    );
  }
  if (cluster !== undefined && remedy === undefined) {
    throw new Error(`'cluster' goes with 'remedy' alone, got '${cluster}' with '${what}'`);
  }
  if (remedy !== undefined && id === undefined && runs.all.length !== 1) {
    const own = present({ cluster });
    const alone = { remedies: [{ id: remedy }], context: {} };
    return { files: filesOf(alone, () => ({ ...usual, ...context, ...own })) };
  }
  const { run, judged } = await theRun(runs, id);
  if (plan === true) return { run, files: filesOfPlan(judged, { ...usual, ...context }) };
  const all = wantedOf(judged, asked);
  return { run, files: filesOf(all, () => ({ ...usual, ...all.context, ...context })) };
}

function wantedOf(judged: JudgedRun, { finding, remedy, cluster }: Asked): Wanted {
  if (finding !== undefined) {
    const ids = judged.report.findings.map((one) => one.id);
    const { report } = selected(judged, { finding: namedBy(finding, ids) });
    return wantedByFinding({ ...judged, report }, report.findings[0]?.rule ?? finding);
  }
  const { evidence } = judged;
  const clusters = evidence.fleet.clusters.map((one) => one.name);
  // The command takes the first; an agent that forgot to say which would not see it.
  if (cluster === undefined && clusters.length > 1) {
    throw new Error(`'cluster' is missing; the run has ${clusters.join(', ')}`);
  }
  const context = contextOfCluster(evidence, cluster && namedBy(cluster, clusters));
  return { remedies: [{ id: remedy ?? '' }], context };
}

type Shown = v.InferOutput<typeof fileSchema>;

/** Bytes of a file that an answer still has room for, beside what explains it. */
const LONGEST_FILE = ROOM - 3_000;

function shownFile({ remedy, place, path, artefact, text }: FixFile): Shown {
  const { kind, explains } = artefact;
  const isShort = JSON.stringify(text).length <= LONGEST_FILE;
  return { remedy, place, path, kind, explains: [...explains], ...(isShort && { text }) };
}

function fileLines({ path, kind, explains, text }: Shown): string[] {
  const inside = kind === 'mime' || kind === 'markdown';
  const explained = inside ? explains.map((line) => `  ${line}`) : [];
  const body = text ?? 'too long for an answer: fix -o <dir> writes it';
  return [`==> ${path}`, ...explained, ...body.replace(/\n$/, '').split('\n')];
}
