import type { Finding } from '../judge/finding.js';
import type { Catalogue } from '../judge/judge.js';
import { isWorse, type Severity } from '../judge/severity.js';

/** A finding that would begin, end, or be another. */
export interface Turned {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

export interface Turns {
  /** What the rules would find that they do not find now, or find worse. */
  readonly fires: readonly Turned[];
  /** What they would find less bad. */
  readonly eases: readonly Turned[];
  /** What they would no longer find. */
  readonly stops: readonly Turned[];
}

/**
 * What another judgement finds otherwise: now, without the change once counters are still, and with it. Counters are of the time before, so that what they prove ends by
 * itself: drops and evictions count as over where tables have room then, and of races or EC2's limits nothing
 * is told.
 */
export function turned(
  now: readonly Finding[],
  without: readonly Finding[],
  then: readonly Finding[],
  { rules }: Pick<Catalogue, 'rules'>,
  haveRoom: (nodes: Finding['nodes']) => boolean,
): Turns {
  const before = new Map(now.map((one) => [one.id, one.severity]));
  const anyway = new Map(without.map((one) => [one.id, one.severity]));
  const after = new Set(then.map(({ id }) => id));
  const ends = ({ rule, nodes }: Finding): boolean => {
    const { proof, about } = rules.find(({ id }) => id === rule) ?? {};
    return proof !== 'growth' || (about === 'room' && haveRoom(nodes));
  };
  return {
    fires: then
      .filter(({ id, severity }) => isWorseThan(severity, before.get(id)))
      .filter(({ id, severity }) => isWorseThan(severity, anyway.get(id)))
      .map(short),
    eases: then.filter(({ id, severity }) => isMilder(severity, before.get(id))).map(short),
    stops: now.filter((one) => !after.has(one.id) && ends(one)).map(short),
  };
}

function isWorseThan(severity: Severity, was: Severity | undefined): boolean {
  return was === undefined || isWorse(severity, was);
}

function isMilder(severity: Severity, was: Severity | undefined): boolean {
  return was !== undefined && isWorse(was, severity);
}

function short({ id, severity, summary }: Turned): Turned {
  return { id, severity, summary };
}
