import { describe, expect, it } from 'vitest';
import { exitCode } from '../../lib/cli/exit-codes.js';
import { judge } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import type { SilentNode } from '../../lib/core/node/silent-node.js';
import type { Snapshot } from '../../lib/core/node/snapshot.js';
import { aFleet, aNode, aNodeUsing, aNodeWithout } from '../support/a-node.js';

const mute = aNode({}, { instanceId: 'i-mute' }).node;
const silent: SilentNode[] = [
  { instanceId: 'i-mute', cluster: 'example', nodeGroup: 'workers', reason: 'timed-out' },
];

function status(snapshots: Snapshot[], unread: SilentNode[] = []) {
  const fleet = aFleet([...snapshots.map(({ node }) => node), mute]);
  const evidence = { runId: 'r', startedAt: 'now', fleet, snapshots, silent: unread };
  return exitCode(judge(evidence, catalogue, defaultPolicy));
}

describe('the exit status', () => {
  it('is 0 when every node was read and nothing was found', () => {
    expect(status([aNode()])).toBe(0);
  });

  it('is 1 when something was found on a node that was read, whatever else there is', () => {
    expect(status([aNodeUsing(9, 10)])).toBe(1);
    expect(status([aNodeUsing(9, 10)], silent)).toBe(1);
  });

  it('is 2 when a node was silent and nothing else was found', () => {
    expect(status([aNode()], silent)).toBe(2);
  });

  it('is 2 when a rule had no opinion', () => {
    expect(status([aNodeWithout('kubeProxy')])).toBe(2);
  });
});
