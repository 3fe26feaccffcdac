import { describe, expect, it } from 'vitest';
import { exitCode } from '../../lib/cli/exit-codes.js';
import { judge } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import type { Gap } from '../../lib/core/node/gap.js';
import {
  silentReasons,
  type SilentNode,
  type SilentReason,
} from '../../lib/core/node/silent-node.js';
import type { Snapshot } from '../../lib/core/node/snapshot.js';
import { aFleet, aNode, aNodeUsing, aNodeWithout } from '../support/a-node.js';

const gap: Gap = {
  about: 'add-on',
  subject: 'kube-proxy add-on of example',
  cluster: 'example',
  operation: 'eks:DescribeAddon',
  reason: 'not-permitted',
  detail: 'not authorized',
};
const mute = aNode({}, { instanceId: 'i-mute' }).node;
const silent: SilentNode[] = [
  { instanceId: 'i-mute', cluster: 'example', nodeGroup: 'workers', reason: 'timed-out' },
];

function status(snapshots: Snapshot[], unread: SilentNode[] = [], gaps: Gap[] = []) {
  const fleet = aFleet([...snapshots.map(({ node }) => node), mute]);
  const evidence = { runId: 'r', startedAt: 'now', fleet, snapshots, silent: unread, gaps };
  return exitCode(judge(evidence, catalogue, defaultPolicy));
}

describe('the exit status', () => {
  it('is 0 when every node was read and nothing was found', () => {
    expect(status([aNode()])).toBe(0);
  });

  it('is 1 when something was found on a node that was read, and the audit is complete', () => {
    expect(status([aNodeUsing(9, 10)])).toBe(1);
    expect(status([aNodeUsing(9, 10)], silent)).toBe(1);
  });

  it('is 2 when a node was silent and nothing else was found', () => {
    expect(status([aNode()], silent)).toBe(2);
  });

  it('is 2 when something was refused, whatever was found', () => {
    expect(status([aNode()], [], [gap])).toBe(2);
    expect(status([aNodeUsing(9, 10)], [], [gap])).toBe(2);
  });

  it('is 2 beside findings when a node is silent as it may not be asked or read, and for no other reason', () => {
    const withFindings = (Object.keys(silentReasons) as SilentReason[]).filter((reason) => {
      const unread = silent.map((one) => ({ ...one, reason }));
      return status([aNodeUsing(9, 10)], unread) === 2;
    });
    expect(withFindings).toEqual(['access-denied', 'not-sent', 'not-read']);
  });

  it('is 2 when a rule had no opinion', () => {
    expect(status([aNodeWithout('kubeProxy')])).toBe(2);
  });
});
