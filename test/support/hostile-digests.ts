import fc from 'fast-check';
import type { Digest } from '../../lib/core/ledger/digest.js';
import { severities } from '../../lib/core/judge/severity.js';
import { transitionKinds, type Transition } from '../../lib/core/ledger/transition.js';
import { aDigest, aTransition } from './a-digest.js';

/** What could break a line, a mark, a message or a character. */
const nasty = fc.constantFrom(
  '\u{1F525}',
  '\uD83D',
  '\uDD25',
  '\u202e',
  '\uFFFF',
  '\u0000',
  '\r\n',
  '"',
  '\\',
  '`',
  '*_~',
  '<!channel>',
  '&amp;',
  '${jndi}',
  '$&',
  'é',
  'e\u0301',
  '界',
  '  ',
);

/** Text that nobody writes, and now and then a long one. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 3, arbitrary: fc.array(fc.oneof(nasty, fc.string()), { maxLength: 12 }).map(joined) },
  {
    weight: 1,
    arbitrary: fc.tuple(nasty, fc.nat({ max: 3_000 })).map(([text, n]) => text.repeat(n)),
  },
);

function joined(parts: readonly string[]): string {
  return parts.join('');
}

const anyTransition: fc.Arbitrary<Transition> = fc
  .record({
    kind: fc.constantFrom(...transitionKinds),
    severity: fc.constantFrom(...severities),
    was: fc.option(fc.constantFrom(...severities), { nil: undefined }),
    cluster: anyText,
    nodeGroup: anyText,
    summary: anyText,
    note: fc.option(anyText, { nil: undefined }),
    nodes: fc.nat({ max: 30 }),
    instanceId: anyText,
  })
  .map(({ kind, severity, was, cluster, nodeGroup, summary, note, nodes, instanceId }) =>
    aTransition(
      {
        kind,
        ...(was === undefined ? {} : { was }),
        ...(note === undefined ? {} : { note }),
        before: { instanceId, entries: 5, max: 4 },
      },
      {
        severity,
        cluster,
        nodeGroup,
        summary,
        why: summary,
        nodes: Array.from({ length: nodes }, (_, at) => ({
          instanceId: `${instanceId}${at}`,
          instanceType: 'm5.large',
          severity,
          summary: `${summary}${at}`,
          measures: {},
        })),
      },
    ),
  );

/** A digest of any names, any kinds, and up to 40 changes. */
export const anyDigest: fc.Arbitrary<Digest> = fc
  .record({
    transitions: fc.array(anyTransition, { maxLength: 40 }),
    clusters: fc.array(anyText, { maxLength: 5 }),
    notes: fc.array(anyText, { maxLength: 8 }),
    reasons: fc.array(anyText, { maxLength: 8 }),
    region: fc.oneof(fc.constant('us-east-1'), anyText),
    location: anyText,
    isTest: fc.boolean(),
  })
  .map(({ transitions, clusters, notes, reasons, region, location, isTest }) =>
    aDigest(transitions, {
      clusters,
      notes,
      region,
      location,
      silenced: reasons.map((reason) => ({
        id: `hot-node/${reason}/x`,
        severity: 'notice',
        summary: reason,
        until: '2026-12-01T00:00:00.000Z',
        reason,
      })),
      ...(isTest ? { test: true } : {}),
    }),
  );

/** This many changes, each in its own cluster and with this many nodes. */
export function manyChanges(amount: number, name = 'cluster', nodes = 10): Transition[] {
  return Array.from({ length: amount }, (_, at) =>
    aTransition(
      { kind: transitionKinds[at % transitionKinds.length] ?? 'new' },
      {
        cluster: `${name}-${at}`,
        nodes: Array.from({ length: nodes }, (_, node) => ({
          instanceId: `i-${at}-${node}`,
          instanceType: 'm5.large',
          severity: 'critical',
          summary: '127,402 of 131,072 conntrack entries are in use (97%)',
          measures: { entries: 127_402, max: 131_072, usage: 0.972 },
        })),
      },
    ),
  );
}
