import { describe, expect, it } from 'vitest';
import { nodeSilent } from '../../../lib/core/rules/node-silent.js';
import { silentReasons, type SilentReason } from '../../../lib/core/node/silent-node.js';

const reasons = Object.keys(silentReasons) as SilentReason[];

describe('node-silent', () => {
  it.each(reasons)('names the reason %s and says what it means', (reason) => {
    expect(nodeSilent.judge(reason).summary).toBe(`${reason}: ${silentReasons[reason]}`);
  });

  it('warns, but for what nobody here can change', () => {
    const mild = reasons.filter((reason) => nodeSilent.judge(reason).severity === 'notice');
    expect(mild).toEqual(['auto-mode', 'windows']);
  });
});
