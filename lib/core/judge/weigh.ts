import type { SilentReason } from '../node/silent-node.js';
import { present } from '../text/present.js';
import type { Command } from './command.js';
import type { Assessment } from './finding.js';
import { isAnswer, type Case, type Remedy, type Weighed } from './remedy.js';
import type { About, SilentRule } from './rule.js';

/** Weighs every remedy that answers this finding, and ranks the results. */
export function weigh(weighed: Case, remedies: readonly Remedy[]): Assessment[] {
  const { rule: id, about } = weighed;
  const said = remedies
    .filter((remedy) => isAnswer(remedy, { id, about }))
    .flatMap((remedy) => {
      const one = withAutoMode(remedy, remedy.assess(weighed), weighed);
      return one === undefined ? [] : [{ remedy, assessment: assessmentOf(remedy, one, weighed) }];
    });
  return rank(inOrder(weighed, said).map(({ assessment }) => assessment));
}

/** What would help, and cannot be done on such a node, does not help. */
function withAutoMode(
  { notOnAutoMode }: Remedy,
  said: Weighed | undefined,
  { nodeGroupKind }: Case,
): Weighed | undefined {
  if (notOnAutoMode === undefined || nodeGroupKind !== 'auto-mode') return said;
  return said && { helps: false, reason: notOnAutoMode, predicted: {}, steps: [] };
}

/** Weighs the remedies that may bring a silent node back. */
export function weighSilent(
  reason: SilentReason,
  rule: SilentRule,
  remedies: readonly Remedy[],
): Assessment[] {
  return rank(
    remedies
      .filter((remedy) => isAnswer(remedy, rule))
      .flatMap(({ id, title, assessSilent }) =>
        assessSilent === undefined ? [] : [{ id, title, ...assessSilent(reason) }],
      ),
  );
}

function assessmentOf(remedy: Remedy, said: Weighed, weighed: Case): Assessment {
  const command = said.command ?? filesOf(remedy, said);
  const enough = isShort(said, weighed) ? (false as const) : undefined;
  return { id: remedy.id, title: remedy.title, ...said, ...present({ enough, command }) };
}

/** Kinds of findings that a lower usage answers. */
const byUsage: readonly About[] = ['room', 'filler', 'limit'];

/** Whether it helps, and `table-pressure` still warns afterwards. */
function isShort({ helps, predicted: { usage = 0 } }: Weighed, { about, policy }: Case): boolean {
  return helps === true && byUsage.includes(about) && usage >= policy.warningUsage;
}

/** The command that prints the files of a remedy, if there are any and they help. */
function filesOf({ id, files }: Remedy, { helps, predicted }: Weighed): Command | undefined {
  if (helps === false || files === undefined) return undefined;
  const limit = files.includes('limit') ? predicted.limit : undefined;
  const command = { name: 'fix' as const, remedy: id, ...present({ limit }) };
  return files.includes('dnsAddress') ? { ...command, asksDnsAddress: true } : command;
}

interface Said {
  readonly remedy: Remedy;
  readonly assessment: Assessment;
}

/**
 * The order of the catalogue, with one exception: a remedy that empties a table comes before one that gives
 * it more room. If the finding is about what fills the table, every such remedy does. Otherwise only a
 * setting that frees more than half of the table does: it is as quick and as easy to undo as a larger limit,
 * needs no memory, and ends the cause.
 */
function inOrder({ about, facts: { table } }: Case, said: readonly Said[]): readonly Said[] {
  const today = table === undefined ? 0 : Math.min(1, table.entries / table.max);
  const place = ({ remedy, assessment }: Said) => {
    if (about === 'filler') return remedy.makesRoom === true ? 1 : 0;
    return remedy.emptiesBySetting === true && empties(assessment, today) ? 0 : 1;
  };
  return [...said].sort((a, b) => place(a) - place(b));
}

function empties({ helps, predicted: { usage = 1 } }: Assessment, today: number): boolean {
  return helps === true && usage < today / 2;
}

/**
 * First remedies that help enough, then those that help and are not enough alone, then those that may
 * help, then those that do not; otherwise in given order.
 */
function rank(assessments: readonly Assessment[]): Assessment[] {
  const place = ({ helps, enough }: Assessment) => {
    if (helps === null) return 2;
    if (!helps) return 3;
    return enough === false ? 1 : 0;
  };
  return [...assessments].sort((a, b) => place(a) - place(b));
}
