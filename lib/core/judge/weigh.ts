import type { SilentReason } from '../node/silent-node.js';
import { present } from '../text/present.js';
import type { Command } from './command.js';
import type { Assessment } from './finding.js';
import { isAnswer, type Case, type Remedy, type Weighed } from './remedy.js';
import type { SilentRule } from './rule.js';

/** Weighs every remedy that answers this finding, and ranks the results. */
export function weigh(weighed: Case, remedies: readonly Remedy[]): Assessment[] {
  const { rule: id, about } = weighed;
  return rank(
    inOrder(weighed, remedies)
      .filter((remedy) => isAnswer(remedy, { id, about }))
      .flatMap((remedy) => {
        const said = remedy.assess(weighed);
        if (said === undefined) return [];
        const command = said.command ?? filesOf(remedy, said);
        return [{ id: remedy.id, title: remedy.title, ...said, ...present({ command }) }];
      }),
  );
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

/** The command that prints the files of a remedy, if there are any and they help. */
function filesOf({ id, files }: Remedy, { helps, predicted }: Weighed): Command | undefined {
  if (helps === false || files === undefined) return undefined;
  const limit = files.includes('limit') ? predicted.limit : undefined;
  const command = { name: 'fix' as const, remedy: id, ...present({ limit }) };
  return files.includes('dnsAddress') ? { ...command, asksDnsAddress: true } : command;
}

/** Remedies that empty a table come before those that give it more room. */
function inOrder({ about }: Case, remedies: readonly Remedy[]): readonly Remedy[] {
  if (about !== 'filler') return remedies;
  const room = ({ makesRoom }: Remedy) => (makesRoom === true ? 1 : 0);
  return [...remedies].sort((a, b) => room(a) - room(b));
}

/** First remedies that help, then those that may, then those that do not; otherwise in given order. */
export function rank(assessments: readonly Assessment[]): Assessment[] {
  const place = ({ helps }: Assessment) => (helps === null ? 1 : helps ? 0 : 2);
  return [...assessments].sort((a, b) => place(a) - place(b));
}
