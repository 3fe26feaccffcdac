import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Evidence } from '../core/judge/judge.js';
import { asked, type Question } from '../core/plan/question.js';
import { near } from '../core/text/near.js';

/** Every change that `--if` takes, as it is written. */
export const examples = Object.values(asked)
  .map(({ example }) => example)
  .join(', ');

/** Reads `raise-limit=524288`, and adds it to what was asked before. */
export function withAsked(text: string, before: Question | undefined): Question {
  const [name = '', ...rest] = text.split('=');
  const value = rest.length === 0 ? undefined : rest.join('=');
  const change = Object.hasOwn(asked, name) ? asked[name] : undefined;
  if (change === undefined) {
    const [meant] = near(name, Object.keys(asked));
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new InvalidArgumentError(`should be one of ${examples}, got '${text}'${hint}`);
  }
  const read = change.read(value);
  if (read === undefined) {
    throw new InvalidArgumentError(
      `${name} should have ${change.allowed}: ${change.example}, got '${text}'`,
    );
  }
  const twice = Object.keys(read).some((key) => Object.hasOwn(before ?? {}, key));
  if (twice) throw new InvalidArgumentError(`should name ${name} once, got '${text}' as well`);
  return { ...before, ...read };
}

/** A question about what the run does not have would be answered by nothing. */
export function mustBeThere({ cluster, nodeGroup, type }: Question, { fleet }: Evidence): void {
  check(
    'cluster',
    cluster,
    fleet.clusters.map(({ name }) => name),
  );
  check('node group', nodeGroup, [...new Set(fleet.nodes.map((node) => node.nodeGroup))]);
  check(
    'instance type',
    type,
    fleet.shapes.map(({ instanceType }) => instanceType),
  );
}

/** Names that an error lists. A house choice. */
const NAMED = 10;

function check(what: string, wanted: string | undefined, names: readonly string[]): void {
  if (wanted === undefined || names.includes(wanted)) return;
  const meant = near(wanted, names);
  const hint = meant.length > 0 ? `did you mean ${meant.join(', ')}?` : `it has ${some(names)}`;
  throw new Error(`the run has no ${what} '${wanted}'; ${hint}`);
}

function some(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ') || 'none'}${more > 0 ? ` and ${more} more` : ''}`;
}
