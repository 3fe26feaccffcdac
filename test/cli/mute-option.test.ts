import { describe, expect, it } from 'vitest';
import { muteOption } from '../../lib/cli/mute-option.js';

const until = '2026-12-01T00:00:00.000Z';

describe('a mute on the command line', () => {
  it('is pairs, of which the reason is the rest', () => {
    expect(
      muteOption('rule=hot-node, cluster=prod,until=2026-12-01,reason=load test, a=b, see 4711'),
    ).toEqual([{ rule: 'hot-node', cluster: 'prod', until, reason: 'load test, a=b, see 4711' }]);
  });

  it('may hold every key, and = in a value', () => {
    const text = 'nodeGroup=a=b,instanceId=i-1,until=2026-12-01T08:00:00Z,reason=x';
    expect(muteOption(text)).toEqual([
      { nodeGroup: 'a=b', instanceId: 'i-1', until: '2026-12-01T08:00:00.000Z', reason: 'x' },
    ]);
  });

  it('may be the line of a message, and comes after those before it', () => {
    const line = '{"rule":"table-drops","cluster":"shop","until":"2026-12-01","reason":"x"}';
    const before = { cluster: 'a', until, reason: 'b' };
    expect(muteOption(line, [before])).toEqual([
      before,
      { rule: 'table-drops', cluster: 'shop', until, reason: 'x' },
    ]);
  });

  it.each([
    [
      'hot-node',
      "should be pairs such as rule=hot-node,until=2026-12-01,reason=load test, got 'hot-node'",
    ],
    [
      'rule=hot-node,until=2026-12-01',
      "'reason' should be a text of 1 to 255 characters, got nothing",
    ],
    ['reason=x', "'until' should be a date"],
    ['until=2026-12-01,reason=x', 'should have one of rule, cluster, nodeGroup, instanceId'],
    ['rule=hotnode,until=2026-12-01,reason=x', "got 'hotnode'"],
    ['group=web,until=2026-12-01,reason=x', "has no 'group', only rule, cluster"],
    ['group=web', "; the value has no 'group', only rule, cluster"],
    [
      'rule=hot-node,rule=table-drops,until=2026-12-01,reason=x',
      "should have each key once, got 'rule' twice",
    ],
    ['{"rule"', `should be whole JSON, got '{"rule"'`],
    ['', 'should'],
  ])('fails on %j', (text, message) => {
    expect(() => muteOption(text)).toThrow(message);
  });
});
