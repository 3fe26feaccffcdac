import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import schema from '../../../schema/digest.v1.schema.json' with { type: 'json' };
import { DIGEST_SCHEMA_VERSION } from '../../../lib/core/ledger/digest.js';
import { severities } from '../../../lib/core/judge/severity.js';
import {
  asciiJson,
  machineDigest,
  machineDigestWithin,
  nestedSize,
} from '../../../lib/core/render/machine.js';
import { transitionKinds } from '../../../lib/core/ledger/transition.js';
import type { Gap } from '../../../lib/core/node/gap.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { undocumentedIn, wrongWith } from '../../support/digest-schema.js';
import { anyDigest, manyChanges } from '../../support/hostile-digests.js';

const table = { instanceId: 'i-0a', entries: 9, max: 10 };
const aGap: Gap = {
  about: 'cluster',
  subject: 'cluster prod',
  cluster: 'prod',
  operation: 'eks:DescribeCluster',
  reason: 'not-permitted',
  detail: 'AccessDenied',
};
const everything = aDigest(
  transitionKinds.map((kind) =>
    aTransition({ kind, was: 'notice', before: table, after: table, note: 'n' }, { why: 'w' }),
  ),
  {
    silenced: [
      {
        id: 'hot-node/a/b',
        severity: 'notice',
        summary: 's',
        until: '2026-12-01T00:00:00.000Z',
        reason: 'r',
      },
    ],
    notes: ['n'],
    account: { id: '123456789012', alias: 'acme' },
    gaps: [aGap],
    links: { dashboard: 'conntrack' },
    test: true,
  },
);

describe('the digest for machines', () => {
  it('is the digest, with the one remedy that is recommended', () => {
    const { transitions, ...rest } = aDigest();
    const [change] = transitions;
    const { remedies, ...finding } = change?.finding ?? { remedies: [] };
    expect(machineDigest(aDigest())).toEqual({
      ...rest,
      transitions: [
        { ...change, finding: { ...finding, nodeCount: 1, recommendation: remedies[0] } },
      ],
    });
    const none = machineDigest(aDigest([aTransition({}, { remedies: [] })])).transitions[0]
      ?.finding;
    expect(none).not.toHaveProperty('recommendation');
  });

  it('carries the account, the gaps and the dashboard, and counts the gaps that are cut', () => {
    const { account, gaps, links } = everything;
    expect(machineDigest(everything)).toMatchObject({ account, gaps, links });
    const many = machineDigest(aDigest([], { gaps: Array.from({ length: 100 }, () => aGap) }));
    const cut = machineDigestWithin(many, 20_000, 's3://x');
    expect(cut.gaps?.length).toBeGreaterThan(10);
    expect(cut.omitted?.gaps).toBe(100 - (cut.gaps?.length ?? 0));
    expect(cut.omitted?.gaps).toBeGreaterThan(0);
  });

  it('is valid by the published schema, which names every field of it', () => {
    for (const digest of [aDigest(), aDigest([]), everything]) {
      expect(wrongWith(machineDigest(digest))).toEqual([]);
      expect(undocumentedIn(machineDigest(digest))).toEqual([]);
    }
    const cut = machineDigestWithin(machineDigest(everything), 3_000, 's3://x');
    expect(cut.truncated).toBe(true);
    expect(undocumentedIn(cut)).toEqual([]);
  });

  it('has a schema that says what the code says', () => {
    const { transition, severity } = schema.$defs;
    expect(transition.properties.kind.enum).toEqual([...transitionKinds]);
    expect(severity.enum).toEqual([...severities]);
    expect(schema.properties.schemaVersion.const).toBe(DIGEST_SCHEMA_VERSION);
    expect(schema.$id).toContain(`:v${DIGEST_SCHEMA_VERSION}`);
  });

  it.each([
    ['another version', { schemaVersion: 2 }],
    ['no run', { runId: undefined }],
    ['a time that is none', { startedAt: 'today' }],
    ['an unknown kind', { transitions: [{ kind: 'gone', finding: {}, since: '' }] }],
    ['a cut without the place of the rest', { truncated: true }],
    ['test: false', { test: false }],
  ])('is not valid with %s', (_, wrong) => {
    const message: unknown = JSON.parse(JSON.stringify({ ...machineDigest(aDigest()), ...wrong }));
    expect(wrongWith(message)).not.toEqual([]);
  });
});

describe('JSON in ASCII', () => {
  it('says the same, and nothing beyond printable ASCII', () => {
    const value = { 'é\u202e': '\u{1F525}\n\uFFFF' };
    expect(asciiJson(value)).toBe('{"\\u00e9\\u202e":"\\ud83d\\udd25\\n\\uffff"}');
    expect(JSON.parse(asciiJson(value))).toEqual(value);
  });

  it('replaces half a character, which not every reader takes', () => {
    expect(asciiJson(['a\uD83D'])).toBe('["a\\ufffd"]');
  });

  it('takes as many bytes in a string of JSON as it says', () => {
    const value = { name: 'é"\\' };
    expect(nestedSize(value)).toBe(JSON.stringify(asciiJson(value)).length - 2);
  });
});

describe('a digest that was cut', () => {
  const place = 's3://shelf/runs/run-7/digest-run-7.json';
  const whole = machineDigest(aDigest(manyChanges(100)));
  const cut = (room: number) => machineDigestWithin(whole, room, place);

  it('keeps the first changes, says how many are missing and where all are', () => {
    const { transitions, omitted, complete } = cut(60_000);
    expect(transitions.length).toBeGreaterThan(5);
    expect(transitions.map(({ finding }) => finding.cluster)).toEqual(
      whole.transitions.slice(0, transitions.length).map(({ finding }) => finding.cluster),
    );
    expect(omitted).toEqual({
      clusters: 0,
      transitions: 100 - transitions.length,
      silenced: 0,
      notes: 0,
    });
    expect(complete).toBe(place);
  });

  it('fills the room and never more, and has one change more where there is room for it', () => {
    const before = cut(30_000).transitions.length;
    let [tooSmall, enough] = [30_000, 40_000];
    while (enough - tooSmall > 1) {
      const room = Math.floor((tooSmall + enough) / 2);
      if (cut(room).transitions.length > before) enough = room;
      else tooSmall = room;
    }
    expect(cut(enough).transitions).toHaveLength(before + 1);
    expect(nestedSize(cut(enough))).toBeLessThanOrEqual(enough);
    // The last change has no comma after it, and what is missing may have a digit less.
    expect(nestedSize(cut(enough))).toBeGreaterThan(enough - 5);
  });

  it('lists the ten worst nodes of a finding and still counts all', () => {
    const nodes = Array.from({ length: 11 }, (_, at) => ({
      instanceId: `i-${at}`,
      instanceType: 'm5.large',
      severity: 'critical' as const,
      summary: 's',
      measures: { entries: at },
    }));
    const big = machineDigest(aDigest([aTransition({}, { nodes })]));
    expect(big.transitions[0]?.finding.nodes).toHaveLength(11);
    const finding = machineDigestWithin(big, 9_000, place).transitions[0]?.finding;
    expect(finding?.nodes.map(({ instanceId }) => instanceId)).toEqual(
      nodes.slice(0, 10).map(({ instanceId }) => instanceId),
    );
    expect(finding?.nodeCount).toBe(11);
  });

  it('keeps the other lists short too', () => {
    const silenced = Array.from({ length: 10_000 }, (_, at) => ({
      id: `hot-node/a/${at}`,
      severity: 'notice' as const,
      summary: 's',
      until: '2026-12-01T00:00:00.000Z',
      reason: 'r',
    }));
    const many = Array.from({ length: 10_000 }, (_, at) => `cluster-or-note-${at}`);
    const digest = aDigest(undefined, { silenced, clusters: many, notes: many });
    const { omitted, ...kept } = machineDigestWithin(machineDigest(digest), 100_000, place);
    expect(nestedSize(kept)).toBeLessThan(70_000);
    expect(kept.transitions).toHaveLength(1);
    expect(omitted).toEqual({
      clusters: 10_000 - kept.clusters.length,
      transitions: 0,
      silenced: 10_000 - kept.silenced.length,
      notes: 10_000 - kept.notes.length,
    });
    expect(kept.clusters.length).toBeGreaterThan(500);
    expect(kept.notes.length).toBeGreaterThan(200);
    expect(kept.silenced.length).toBeGreaterThan(100);
  });

  it('is valid and ASCII, whatever the names are', () => {
    fc.assert(
      fc.property(anyDigest, fc.integer({ min: 60_000, max: 200_000 }), (digest, room) => {
        const message = machineDigest(digest);
        const short = machineDigestWithin(message, room, place);
        for (const one of [message, short]) {
          expect(asciiJson(one)).toMatch(/^[ -~]*$/);
          expect(undocumentedIn(JSON.parse(asciiJson(one)))).toEqual([]);
        }
        expect(nestedSize(short)).toBeLessThanOrEqual(
          Math.max(room, nestedSize({ ...short, transitions: [] })),
        );
      }),
      // What fails here is large, and making it small would take minutes.
      { numRuns: 40, endOnFailure: true },
    );
  });
});
