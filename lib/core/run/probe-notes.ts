import { plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import type { Snapshot } from '../node/snapshot.js';

/**
 * Says which answers are of another probe than the program brings that asked. Such answers are judged as
 * they are: a fact that another probe does not tell is absent.
 */
export function probeNotes(
  snapshots: readonly Snapshot[],
  brought: string | undefined,
): string[] | undefined {
  if (brought === undefined) return undefined;
  const asked = snapshots.filter(({ facts }) => facts.bundle === undefined);
  const others = asked.filter(({ facts }) => facts.probe !== brought);
  if (others.length === 0) return undefined;
  const byProbe = groupBy(others, ({ facts }) => facts.probe ?? '');
  return [...byProbe].map(([probe, answers]) => {
    const which = probe === '' ? 'a probe that does not tell its version' : `probe ${probe}`;
    return (
      `${plural(answers.length, 'node')} of ${asked.length} answered by ${which}, and this program brings ${brought}: ` +
      'the default version of the SSM document is of another release, so it was rolled back, not promoted, or deployed by another version of this program'
    );
  });
}
