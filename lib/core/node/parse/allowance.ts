import { allowanceNames, type Allowance, type AllowanceName } from '../allowance.js';
import { mapped, present } from '../../text/present.js';
import { object, whole } from './fields.js';

type Counts = Readonly<Partial<Record<AllowanceName, number>>>;

/** ENA's counters of the limits of EC2. Nothing where no interface tells any. */
export function parseAllowance(answer: Readonly<Record<string, unknown>>): Allowance | undefined {
  const ena = object(answer['ena']);
  const interfaces = whole(ena?.['nics'], 128);
  const exceeded = counts(ena?.['exceeded']);
  if (interfaces === undefined || interfaces === 0 || exceeded === undefined) return undefined;
  if (Object.keys(exceeded).length === 0) return undefined;
  const grown = counts(ena?.['grown']);
  return present({ interfaces, exceeded, grown, ...parseGauge(ena ?? {}) });
}

function parseGauge(
  ena: Readonly<Record<string, unknown>>,
): Pick<Allowance, 'available' | 'moves'> {
  const { moves } = ena;
  const available = whole(ena['available']);
  return present({ available, moves: typeof moves === 'boolean' ? moves : undefined });
}

function counts(value: unknown): Counts | undefined {
  const told = object(value);
  if (told === undefined) return undefined;
  return mapped(told, allowanceNames, (count) => whole(count));
}
