import type { Assessment } from '../judge/finding.js';
import { oneLine } from '../text/printable.js';
import type { Artefact } from './artefact.js';

/** A remedy that is done by hand: its reason and its steps, as they were weighed for a finding. */
export function runbook({
  id,
  title,
  reason,
  steps,
}: Omit<Assessment, 'helps' | 'predicted'>): Artefact {
  const listed = steps.map((step, at) => `${at + 1}. ${oneLine(step)}`);
  return {
    file: `${id}.md`,
    place: 'recommended',
    kind: 'markdown',
    text: `# ${title}\n\n${oneLine(reason)}\n\n${listed.join('\n')}\n`,
    explains: ['Steps to do by hand, how to undo them and how to see that they worked among them.'],
  };
}
