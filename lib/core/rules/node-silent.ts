import type { SilentRule } from '../judge/rule.js';
import { silentReasons, type SilentReason } from '../node/silent-node.js';

/** Reasons that nobody here can change; they are told, and not warned of. */
const outOfReach: readonly SilentReason[] = ['auto-mode', 'windows'];

/**
 * A node could not be read. Silence is never "OK": the node may be the one that drops packets.
 *
 * It judges what could not be asked, so it has no facts and stands beside the rules that do.
 */
export const nodeSilent: SilentRule = {
  id: 'node-silent',
  title: 'A node could not be read',
  fires:
    'a node of a cluster gave no usable answer, for any reason (warning; notice where AWS allows none)',
  about: 'reach',
  proof: 'reading',

  judge(reason) {
    return {
      severity: outOfReach.includes(reason) ? 'notice' : 'warning',
      summary: `${reason}: ${silentReasons[reason]}`,
      measures: {},
      cause: reason,
    };
  },
};
