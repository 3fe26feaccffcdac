import { describe, expect, it } from 'vitest';
import { reachNode } from '../../../lib/core/remedies/reach-node.js';
import { silentReasons, type SilentReason } from '../../../lib/core/node/silent-node.js';
import { aCase } from '../../support/a-case.js';
import { aNodeUsing } from '../../support/a-node.js';

const reasons = Object.keys(silentReasons) as SilentReason[];
const hopeless: readonly SilentReason[] = ['windows'];

const said = (reason: SilentReason) => reachNode.assessSilent?.(reason);

describe('reach-node', () => {
  it.each(reasons.filter((reason) => !hopeless.includes(reason)))(
    'has something to do about %s',
    (reason) => {
      const { helps, steps = [], command } = said(reason) ?? {};
      expect(helps).toBe(true);
      expect(steps.length + (command === undefined ? 0 : 1)).toBeGreaterThan(0);
    },
  );

  it.each(hopeless)('promises nothing about %s', (reason) => {
    expect(said(reason)?.helps).toBe(false);
  });

  it('wants a second reading of what cannot be true', () => {
    expect(reachNode.assess(aCase(aNodeUsing(2, 1)))?.command).toEqual({ name: 'node' });
  });
});
