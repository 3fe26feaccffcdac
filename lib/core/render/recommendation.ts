import { commandText, stepTexts } from './command-text.js';
import type { Assessment, Effect, Finding } from '../judge/finding.js';
import { count } from '../text/format.js';
import { shareText } from '../measure/share.js';

/** The remedy to recommend: the first that helps, or else the first that may. */
export function recommendationOf({ remedies }: Pick<Finding, 'remedies'>): Assessment | undefined {
  return (
    remedies.find(({ helps }) => helps === true) ?? remedies.find(({ helps }) => helps === null)
  );
}

/** `Raise the limit -> limit 262,144, usage 50% ± 1% (predicted)`: what to do, and its effect. */
export function promiseText({ title, predicted, enough }: Assessment): string {
  const { instanceType, limit, usage } = predicted;
  const effects = [
    ...(limit === undefined ? [] : [`limit ${count(limit)}`]),
    ...(usage === undefined ? [] : [usageText(predicted)]),
  ];
  const what = instanceType === undefined ? title : `${title}: ${instanceType}`;
  const alone = enough === false ? `; ${NOT_ENOUGH}` : '';
  return effects.length === 0 ? what : `${what} -> ${effects.join(', ')} (predicted${alone})`;
}

/** Said of a remedy that helps, if `table-pressure` still warns afterwards. */
export const NOT_ENOUGH = 'not enough alone';

/** `usage 50% ± 1%`, `usage at most 38%`. */
export function usageText({ usage = 0, usageMargin: margin = 0, bound }: Effect): string {
  return `usage ${bound === undefined ? '' : `${bound} `}${shareText({ share: usage, margin })}`;
}

/** The first thing to do by hand. */
export function firstStep(remedy: Assessment, program: string): string | undefined {
  const { steps, command } = remedy;
  return command?.name === 'node' ? stepTexts(remedy, program)[0] : steps[0];
}

/** The command that prints the files to apply, if there are any. */
export function fixCommand({ command }: Assessment, program: string): string | undefined {
  return command?.name === 'fix' ? commandText(command, program) : undefined;
}
