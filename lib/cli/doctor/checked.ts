import { type Failure, failureOf } from '../../adapters/service-error.js';
import { statementFor, type Place } from '../../core/configuration/permissions.js';
import { present } from '../../core/text/present.js';

/** What is known of one thing that an audit needs. */
export type State = 'ok' | 'fault' | 'unknown';

/** One line of `doctor`. */
export interface Checked {
  /** Public word: it stands in the JSON and is never reused. */
  readonly check: string;
  readonly state: State;
  readonly says: string;
  /** The next command, or the next thing to do. */
  readonly next?: string;
}

export function ok(check: string, says: string): Checked {
  return { check, state: 'ok', says };
}

export function fault(check: string, says: string, next?: string): Checked {
  return { check, state: 'fault', says, ...present({ next }) };
}

export function unknown(check: string, says: string, next?: string): Checked {
  return { check, state: 'unknown', says, ...present({ next }) };
}

/** The answer of a call, or why it has none. */
export async function asked<T>(operation: string, answer: Promise<T>): Promise<T | Failure> {
  try {
    return await answer;
  } catch (error) {
    return failureOf(operation, error);
  }
}

/** A check whose question has no answer. */
export function unanswered(check: string, failure: Failure, place: Place): Checked {
  const { operation, reason, detail } = failure;
  if (reason !== 'not-permitted') return unknown(check, `${operation}: ${detail}`, 'ask again');
  return unknown(check, `${operation} is refused: ${detail}`, allow(operation, place));
}

/** What allows an action. */
export function allow(action: string, place: Place): string {
  return `allow it with ${statementFor(action, place)}`;
}
