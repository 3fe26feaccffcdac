import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../../lib/core/judge/finding.js';
import {
  firstStep,
  fixCommand,
  promiseText,
  recommendationOf,
} from '../../../lib/core/render/recommendation.js';

const remedy = (different: Partial<Assessment>): Assessment => ({
  id: 'resize-instance',
  title: 'Resize',
  helps: true,
  reason: 'room',
  predicted: {},
  steps: [],
  ...different,
});

describe('the recommendation', () => {
  const [helps, may, not] = [true, null, false].map((value) => remedy({ helps: value }));

  it('is the first remedy that helps, or else the first that may', () => {
    expect(recommendationOf({ remedies: [may, helps, not].flatMap((one) => one ?? []) })).toBe(
      helps,
    );
    expect(recommendationOf({ remedies: [not, may].flatMap((one) => one ?? []) })).toBe(may);
    expect(recommendationOf({ remedies: [not].flatMap((one) => one ?? []) })).toBeUndefined();
  });
});

describe('what a remedy promises', () => {
  it.each<[Assessment['predicted'], string]>([
    [{}, 'Resize'],
    [{ instanceType: 'm5.xlarge' }, 'Resize: m5.xlarge'],
    [{ limit: 262_144 }, 'Resize -> limit 262,144 (predicted)'],
    [{ usage: 0.5 }, 'Resize -> usage 50% (predicted)'],
    [{ limit: 8, usage: 0.5, usageMargin: 0.02 }, 'Resize -> limit 8, usage 50% ± 2% (predicted)'],
    [
      { limit: 8, usage: 0.38, bound: 'at most' },
      'Resize -> limit 8, usage at most 38% (predicted)',
    ],
    [
      { limit: 8, usage: 0.5, usageMargin: 0.02, bound: 'at least' },
      'Resize -> limit 8, usage at least 50% ± 2% (predicted)',
    ],
  ])('is of %j: %s', (predicted, text) => {
    expect(promiseText(remedy({ predicted }))).toBe(text);
  });
});

describe('a remedy that is not enough alone', () => {
  it('says so beside its number', () => {
    const short = remedy({ predicted: { limit: 8, usage: 0.8 }, enough: false });
    expect(promiseText(short)).toBe('Resize -> limit 8, usage 80% (predicted; not enough alone)');
  });
});

describe('the steps of a remedy', () => {
  const steps = ['now: do this', 'then: do that'];
  const fix = { name: 'fix', remedy: 'raise-limit', limit: 262_144 } as const;

  it('begin with the first to do by hand, and bring the command for files', () => {
    expect(firstStep(remedy({ steps, command: fix }), 'auditor')).toBe('now: do this');
    expect(fixCommand(remedy({ steps, command: fix }), 'auditor')).toBe(
      'auditor fix raise-limit --limit 262144',
    );
  });

  it('ask for the address of DNS where the files need it', () => {
    const command = { name: 'fix', remedy: 'node-local-dns-cache', asksDnsAddress: true } as const;
    expect(fixCommand(remedy({ command }), 'auditor')).toBe(
      'auditor fix node-local-dns-cache --dns-address <ClusterIP of kube-dns>',
    );
  });

  it('may be a reading by hand alone', () => {
    const byHand = remedy({ command: { name: 'node' } });
    expect(firstStep(byHand, 'auditor')).toBe(
      'read it where you can log in: auditor node (as root, in the host’s network namespace)',
    );
    expect(fixCommand(byHand, 'auditor')).toBeUndefined();
  });

  it('may be none', () => {
    expect(firstStep(remedy({}), 'auditor')).toBeUndefined();
    expect(fixCommand(remedy({}), 'auditor')).toBeUndefined();
  });
});
