import type { MutedFinding } from './digest.js';
import type { Finding } from '../judge/finding.js';
import type { Mute } from '../mutes/mute.js';
import type { Transition } from './transition.js';
import type { FindingMemory } from './ledger.js';

/** What became of one finding. */
export interface Outcome {
  /** What to remember of it. Absent: nobody was told of it, and it is over. */
  readonly memory?: FindingMemory;
  /** What to tell of it. */
  readonly transition?: Transition;
  readonly silenced?: MutedFinding;
}

/** An open finding as one that is muted. */
export function quiet(
  { id, severity, summary }: Pick<Finding, 'id' | 'severity' | 'summary'>,
  { until, reason }: Mute,
): MutedFinding {
  return { id, severity, summary, until, reason };
}
