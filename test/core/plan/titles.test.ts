import { describe, expect, it } from 'vitest';
import { remedies } from '../../../lib/core/remedies/index.js';
import { titleOf } from '../../../lib/core/plan/titles.js';
import { aFindingOf, aMember } from '../../support/a-candidate.js';

const pressure = aMember(aFindingOf('table-pressure', ['i-1', 'i-2']));
const web = { cluster: 'shop', nodeGroup: 'web', members: [pressure] };

const titled = (id: string, different: Partial<Parameters<typeof titleOf>[1]> = {}) =>
  titleOf({ id, title: 'Do it' }, { ...web, ...different });

describe('the title of an action', () => {
  it('names the place of every remedy, and no other one', () => {
    for (const { id, title } of remedies) {
      const text = titleOf({ id, title }, web);
      expect(text).toMatch(/\bshop\b/);
      expect(text).not.toMatch(/undefined|\*/);
    }
  });

  it('names the type that a resize gives, and the one that it replaces', () => {
    const title = titled('resize-instance', { instanceType: 'm5.xlarge' });
    expect(title).toBe('Give web of shop m5.xlarge in place of m5.large');
    expect(titled('resize-instance')).toBe('Give web of shop a larger type in place of m5.large');
  });

  it('installs NodeLocal DNSCache where there is none, and finishes one that is there', () => {
    expect(titled('node-local-dns-cache')).toBe('Install NodeLocal DNSCache in shop');
    const there = aMember(pressure.finding, { steps: ['finish: look at its pods'] });
    expect(titled('node-local-dns-cache', { members: [pressure, there] })).toBe(
      'Finish NodeLocal DNSCache in shop',
    );
  });

  it('tells nodes that are silent from readings that nobody believes', () => {
    const silent = (ids: string[]) => aMember(aFindingOf('node-silent', ids));
    const doubted = aMember(aFindingOf('reading-implausible', ['i-3']));
    expect(titled('reach-node', { members: [silent(['i-1'])] })).toBe(
      'Make the silent node readable in shop',
    );
    expect(titled('reach-node', { members: [silent(['i-1']), silent(['i-1', 'i-2'])] })).toBe(
      'Make 2 silent nodes readable in shop',
    );
    expect(titled('reach-node', { members: [silent(['i-1']), doubted] })).toBe(
      'Make the silent node readable and read the doubtful node again by hand in shop',
    );
  });

  it('is that of the remedy with its place where none is written down', () => {
    expect(titled('new-remedy')).toBe('Do it: web in shop');
    const { nodeGroup: _nodeGroup, ...cluster } = web;
    expect(titleOf({ id: 'new-remedy', title: 'Do it' }, cluster)).toBe('Do it: shop');
  });
});
