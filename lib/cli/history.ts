import { Argument, Command } from '@commander-js/extra-typings';
import { FolderHistory } from '../adapters/folder-history.js';
import { lastDays, type Period } from '../core/history/days.js';
import { dropsByGroup } from '../core/history/drops-by-group.js';
import { limitChanges } from '../core/history/limit-changes.js';
import type { AuditedPlace, Question } from '../core/history/question.js';
import { worstNodes } from '../core/history/worst-nodes.js';
import {
  dropsText,
  historyText,
  limitsText,
  worstText,
  type Asked,
} from '../core/render/history.js';
import { printedJson } from '../core/render/lines.js';
import { present } from '../core/text/present.js';
import { wholeNumber } from './limit-options.js';
import type { Terminal } from './terminal.js';

/** A house choice: a week shows both its quiet and its busy days. */
const DAYS = 7;
const MOST_DAYS = 3_660;

/** `history`: what saved history says about the last days. Needs no AWS and no database. */
export function historyCommand(terminal: Terminal) {
  return new Command('history')
    .description('ask saved history for the worst nodes, changed limits, or drops by node group')
    .addArgument(
      new Argument('<question>', 'what to ask').choices(['worst', 'limits', 'drops'] as const),
    )
    .requiredOption('--from <dir>', 'folder that holds history/, or is a copy of it')
    .option(
      '--days <n>',
      `how many days, counted back from the newest (default: ${DAYS})`,
      wholeNumber(1, MOST_DAYS),
    )
    .option('--account <id>', 'the audits of this account alone')
    .option('--region <region>', 'the audits of this Region alone')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nA copy: aws s3 sync s3://<bucket>/history <dir>/history\nOnly the files of these days are read.',
    )
    .action(async (question, { from, days = DAYS, json, account, region }) => {
      const history = new FolderHistory(from);
      const period = lastDays(await history.days(), days);
      if (period === undefined) {
        throw new Error(`'${from}' holds no history: there is no history/dt=... in it`);
      }
      const { text, answer, asked } = await answers[question](
        history,
        period,
        present({ account, region }),
      );
      terminal.write(
        json === true
          ? printedJson({ question, ...asked, answer }, 2)
          : historyText(question, asked, text),
      );
    });
}

interface Answered {
  readonly asked: Asked;
  readonly answer: unknown;
  readonly text: readonly string[];
}

type Answering = (
  history: FolderHistory,
  period: Period,
  wanted: AuditedPlace,
) => Promise<Answered>;

const answers: Readonly<Record<'worst' | 'limits' | 'drops', Answering>> = {
  worst: answering(worstNodes, worstText),
  limits: answering(limitChanges, limitsText),
  drops: answering(dropsByGroup, dropsText),
};

function answering<A>(
  question: () => Question<A>,
  render: (answer: A) => readonly string[],
): Answering {
  return async (history, period, wanted) => {
    const { asked, answer } = await ask(history, period, question(), wanted);
    if (asked.audits === 0) throw noAudit(wanted);
    return { asked, answer, text: render(answer) };
  };
}

/** A period has days with history, so what is missing is the account or the Region. */
function noAudit({ account, region }: AuditedPlace): Error {
  const named = [account, region].filter((one) => one !== undefined).join(', ');
  return new Error(`no audit of these days is of ${named}`);
}

/** Puts one question to every record of these days. */
export async function ask<A>(
  history: FolderHistory,
  period: Period,
  question: Question<A>,
  wanted: AuditedPlace = {},
): Promise<{ readonly asked: Asked; readonly answer: A }> {
  let audits = 0;
  let records = 0;
  for await (const { nodes, readings, at } of history.audits(period, wanted)) {
    audits += 1;
    records += nodes.length;
    for (const [row, node] of nodes.entries()) {
      question.take(node, readings[row] ?? {}, at[row] ?? '');
    }
  }
  return { asked: { ...period, audits, records }, answer: question.answer() };
}
