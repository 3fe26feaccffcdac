import type { MutedFinding } from './digest.js';
import type { Finding } from '../judge/finding.js';
import type { Mute } from '../mutes/mute.js';
import type { Transition } from './transition.js';
import type { FindingMemory } from './ledger.js';

/** How one finding changed. */
export interface Outcome {
  /** What to remember. Absent: nobody was told about it, and it is over. */
  readonly memory?: FindingMemory;
  /** What to tell. */
  readonly transition?: Transition;
  readonly silenced?: MutedFinding;
}

/** An open finding, muted. */
export function quiet(
  { id, severity, summary }: Pick<Finding, 'id' | 'severity' | 'summary'>,
  { until, reason }: Mute,
): MutedFinding {
  return { id, severity, summary, until, reason };
}
