import { describe, expect, it } from 'vitest';
import {
  changesText,
  filterValues,
  sectionsOf,
  verdict,
} from '../../../lib/core/render/changes.js';
import { transitionKinds, type TransitionKind } from '../../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from '../../support/a-digest.js';

const changes = (...kinds: TransitionKind[]) => kinds.map((kind) => aTransition({ kind }));

describe('the sections of a message', () => {
  it('hold every kind of change, in the order in which people read them', () => {
    expect(sectionsOf(changes(...transitionKinds)).map(({ title }) => title)).toEqual([
      'New',
      'Worse',
      'Came back',
      'Reminder',
      'Mute over',
      'Better',
      'Resolved',
      'No longer audited',
    ]);
  });

  it('leave out what did not happen, and keep the order within a kind', () => {
    const [old, other] = [aTransition({ since: '1' }), aTransition({ since: '2' })];
    expect(sectionsOf([old, other])).toMatchObject([{ kind: 'new', items: [old, other] }]);
  });
});

describe('the changes in words', () => {
  it.each<[TransitionKind[], string]>([
    [['resolved', 'new', 'new'], '2 new, 1 resolved'],
    [['left', 'left', 'new'], '1 new, 2 no longer audited'],
    [['worse', 'reopened', 'better'], '1 worse, 1 came back, 1 better'],
    [['reminded', 'unsilenced'], '1 reminder, 1 mute over'],
    [['reminded', 'unsilenced', 'reminded', 'unsilenced'], '2 reminders, 2 mutes over'],
  ])('are of %j: %s', (kinds, text) => {
    expect(changesText({ transitions: changes(...kinds), notes: [] })).toBe(text);
  });

  it('are the notes where nothing changed', () => {
    expect(changesText({ transitions: [], notes: ['damaged'] })).toBe('1 note');
  });
});

describe('the verdict', () => {
  const none = { critical: 0, warning: 0, notice: 0 };
  const one = (kind: TransitionKind) => aTransition({ kind }, { severity: 'warning' });

  it.each<[string, TransitionKind[], typeof none]>([
    ['warning', ['new'], none],
    ['warning', ['resolved', 'reminded'], none],
    ['ok', ['resolved'], none],
    ['ok', ['better'], none],
    ['better', ['resolved'], { ...none, notice: 1 }],
    ['ok', ['resolved', 'left'], none],
    ['note', ['left'], none],
    ['note', ['left'], { ...none, critical: 1 }],
    ['note', [], { ...none, critical: 1 }],
  ])('is %s of the kinds %j with %j open', (expected, kinds, open) => {
    expect(verdict(aDigest(kinds.map(one), { open }))).toBe(expected);
  });

  it('is the worst severity of what is told, and not of what is resolved', () => {
    const told = [
      aTransition({ kind: 'resolved' }),
      one('worse'),
      aTransition({}, { severity: 'notice' }),
    ];
    expect(verdict(aDigest(told))).toBe('warning');
  });
});

describe('the values to filter by', () => {
  it('are of every change, worst first, with the severity that a finding had', () => {
    const digest = aDigest([
      aTransition({ kind: 'better', was: 'critical' }, { severity: 'notice', cluster: 'payments' }),
      aTransition({ kind: 'new' }, { severity: 'notice' }),
    ]);
    expect(filterValues(digest)).toEqual({
      severity: ['critical', 'notice'],
      cluster: ['payments', 'storefront'],
      transition: ['new', 'better'],
    });
  });

  it('are none, note and all clusters where nothing changed', () => {
    expect(filterValues(aDigest([], { notes: ['x'] }))).toEqual({
      severity: ['none'],
      cluster: ['storefront', 'payments'],
      transition: ['note'],
    });
  });
});
