import { describe, expect, it } from 'vitest';
import { limitNote } from '../../../lib/core/ledger/limit-note.js';
import type { NodeFacts } from '../../../lib/core/node/snapshot.js';
import { aNodeUsing } from '../../support/a-node.js';

const GIB = 1_073_741_824;

/** What is said of a node that had a limit of 1,500,000 when it was last read. */
function note(max: number, different: NodeFacts = {}, usage: [number, number, number][] = before) {
  const { facts } = aNodeUsing(10, max);
  const memory = { cluster: 'example', nodeGroup: 'workers', readAt: '2026-11-23T08:00:00Z' };
  return limitNote({ ...facts, ...different }, { ...memory, counters: {}, exceeded: {}, usage });
}
const before: [number, number, number][] = [
  [1, 10, 65_536],
  [2, 10, 1_500_000],
];

describe('limitNote', () => {
  it('names kube-proxy where it computes this limit', () => {
    expect(note(131_072)).toBe(
      'the limit went back from 1,500,000 to 131,072: kube-proxy 1.31.2 computes 131,072',
    );
  });

  it('names the kernel where nothing wrote another limit since boot', () => {
    const kubeProxy = { version: 'none', source: 'node' } as const;
    expect(note(262_144, { kubeProxy, memory: { totalBytes: 15 * GIB } })).toBe(
      'the limit went back from 1,500,000 to 262,144: 262,144 is the kernel default for its memory',
    );
  });

  it('names Bottlerocket where that is what it sets at boot', () => {
    const os = { id: 'bottlerocket', version: '1.20.0' };
    expect(note(1_048_576, { os })).toBe(
      'the limit went back from 1,500,000 to 1,048,576: Bottlerocket sets 1,048,576 at boot',
    );
  });

  it('names nobody where nothing that is known gives this limit', () => {
    const unknown =
      'the limit went back from 1,500,000 to 99,999, by a hand or a tool that is not known';
    expect(note(99_999)).toBe(unknown);
    const { os: _os, ...unheard } = aNodeUsing(10, 99_999).facts;
    const memory = { cluster: 'example', nodeGroup: 'workers', readAt: '2026-11-23T08:00:00Z' };
    expect(limitNote(unheard, { ...memory, counters: {}, exceeded: {}, usage: before })).toBe(
      unknown,
    );
  });

  it('is nothing where the limit stayed or grew, or nothing is known of then', () => {
    expect(note(1_500_000)).toBeUndefined();
    expect(note(1_499_999)).toBeDefined();
    expect(note(131_072, {}, [])).toBeUndefined();
  });
});
