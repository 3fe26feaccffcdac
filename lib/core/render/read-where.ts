import type { GroupCase } from '../plan/group-case.js';
import type { Fit } from './fit.js';
import type { Paint } from './paint.js';

/** How much of a report people want to read: what to do, everything, one finding, one case. */
export type View = 'screen' | 'full' | 'finding' | 'case';

/** Where people will read a report. */
export interface ReadWhere extends Fit {
  readonly paint: Paint;
  /** The program's name there. */
  readonly program: string;
  /** The folder that holds the run. Absent: it was not kept. */
  readonly saved?: string;
  /** Absent: what to do. */
  readonly view?: View;
  /** What was left out of the report before it came here, in words. Absent: nothing. */
  readonly only?: string;
  /** The cases of the look before this one, to mark what changed. Absent: this is the first look. */
  readonly before?: readonly GroupCase[];
}
