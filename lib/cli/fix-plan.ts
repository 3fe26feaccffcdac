import type { Artefact, ArtefactContext } from '../core/artefacts/artefact.js';
import { artefactsFor, needsOf, renderable } from '../core/artefacts/index.js';
import { runbook } from '../core/artefacts/runbook.js';
import { withTerraform } from '../core/artefacts/terraform.js';
import { nodeOsOf } from '../core/limit/node-inputs.js';
import type { Evidence } from '../core/judge/judge.js';
import type { Action, Plan } from '../core/plan/plan.js';
import type { JudgedRun } from '../core/run/judged-run.js';
import { present } from '../core/text/present.js';
import { oneLine } from '../core/text/printable.js';
import { contextOfCluster } from './fix-context.js';
import { forTerraform, type FixContext, type FixFile } from './fix-files.js';
import { artefactText } from './print-artefact.js';

/** The files of a whole plan in the order of doing, each once: a folder for each action. */
export function filesOfPlan({ plan, evidence }: JudgedRun, given: FixContext): FixFile[] {
  return plan.actions.flatMap((action, at) => {
    const step = `Step ${at + 1} of the plan: ${oneLine(action.title)}.`;
    const made = artefactsOf(action, contextOf(action, evidence, given));
    return withTerraform(made.map((artefact) => ofStep(artefact, step))).map((artefact) => ({
      remedy: action.remedy,
      place: 'recommended' as const,
      path: `${folderOf(plan, action, at)}${artefact.file}`,
      artefact,
      text: artefactText(artefact),
    }));
  });
}

/** `01-raise-limit-storefront/`: a listing of the folders is in the order of doing, however many there are. */
function folderOf({ actions }: Plan, { id }: Action, at: number): string {
  const digits = Math.max(2, String(actions.length).length);
  return `${String(at + 1).padStart(digits, '0')}-${id.replace(/[^\w.-]+/g, '-')}/`;
}

/** Two clusters may be given the same manifest: each says whose it is. What is no comment says it already. */
function ofStep(artefact: Artefact, line: string): Artefact {
  if (artefact.kind === 'markdown') return artefact;
  const explains = [line, ...artefact.explains];
  if (artefact.kind !== 'mime') return { ...artefact, explains };
  const text = artefact.text.replace(/^#!.*$/m, (shell) => `${shell}\n# ${line}`);
  return { ...artefact, explains, text };
}

/** What is recommended comes as files, where enough is known for them, and as a runbook elsewhere. */
function artefactsOf(action: Action, context: FixContext) {
  const { remedy, title, reason, steps } = action;
  const book = [runbook({ id: remedy, title, reason, steps })];
  if (!renderable.includes(remedy)) return book;
  if (needsOf(remedy).some((need) => context[need] === undefined)) return book;
  const all = artefactsFor(remedy, { limit: 0, dnsAddress: '', ...context });
  const files = all.filter(({ place }) => place === 'recommended');
  return files.length === 0 ? book : files;
}

function contextOf(action: Action, evidence: Evidence, given: FixContext): FixContext {
  const { scope, limit, kubeProxy, timeouts, command } = action;
  const { fleet, snapshots } = evidence;
  const member = fleet.nodes.find(
    (node) => node.cluster === scope.cluster && node.nodeGroup === scope.nodeGroup,
  );
  const nodeGroup = member && { name: member.nodeGroup, kind: member.nodeGroupKind };
  const worst = action.effects[0]?.worst ?? member?.instanceId;
  const os = snapshots.find(({ node }) => node.instanceId === worst)?.facts.os;
  const buckets = command?.name === 'fix' ? command.limit : undefined;
  const said: Partial<ArtefactContext> = present({
    limit: limit ?? buckets,
    kubeProxy,
    timeouts,
    nodeGroup,
  });
  return {
    ...given,
    ...contextOfCluster(evidence, scope.cluster),
    ...(os && { os: nodeOsOf(os) }),
    ...said,
  };
}

/** The README.md of such a folder: a checklist in the order of doing. */
export function indexOfPlan({ plan }: JudgedRun, files: readonly FixFile[]): FixFile {
  const sections = plan.actions.map((action, at) => {
    const folder = folderOf(plan, action, at);
    const own = files.filter(({ path }) => path.startsWith(folder));
    const lines = [
      `- [ ] ${at + 1}. ${action.title}`,
      ...own.map(({ path }) => `  - [${path}](${path})`),
      `  - why: ${action.reason}`,
      `  - price: ${action.price}`,
      ...(action.undo === undefined ? [] : [`  - undo: ${action.undo}`]),
      ...(action.proof === undefined ? [] : [`  - proof: ${action.proof}`]),
    ];
    return lines.map((line) => line.replace(/[\r\n]+/g, ' ')).join('\n');
  });
  const text = `${['# Plan', 'In this order.', ...forTerraform(files), ...sections].join('\n\n')}\n`;
  return {
    remedy: 'plan',
    place: 'recommended',
    path: 'README.md',
    text,
    artefact: { file: 'README.md', place: 'recommended', kind: 'markdown', text, explains: [] },
  };
}
