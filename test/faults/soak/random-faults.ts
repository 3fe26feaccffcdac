import type { Fault } from '../fake/fault.js';
import { operations } from '../rows/once.js';
import { kinds } from '../rows/row.js';
import { faultAt, writes } from '../writes.js';
import type { Dice } from './dice.js';

/** What goes wrong in one audit: mostly nothing. */
export function randomFaults(dice: Dice): Fault[] {
  if (dice.chance(0.4)) return [];
  return Array.from({ length: dice.whole(1, 3) }, () => {
    const on = dice.pick(operations);
    const kind = dice.pick(kinds);
    const from = dice.whole(1, 4);
    // A service that says yes and does nothing is none: a put has no answer that could be malformed.
    const said = on === 's3:PutObject' && kind === 'malformed' ? 'broken' : kind;
    return dice.chance(0.5) ? { on, kind: said, from } : { on, kind: said, from, times: 2 };
  });
}

/** The process dies at a write. */
export function randomCrash(dice: Dice): Fault {
  return faultAt(dice.pick(writes), { kind: 'crash', times: 1, after: dice.chance(0.5) });
}
