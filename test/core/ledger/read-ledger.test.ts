import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../lib/core/ledger/ledger.js';
import { readLedger } from '../../../lib/core/ledger/read-ledger.js';
import { aNode, aNodeUsing } from '../../support/a-node.js';
import { aDigest } from '../../support/a-digest.js';
import { aRule, Audits, hour, silentNode } from '../../support/an-audit.js';

/** What a story of four audits leaves: open, milder, silenced, resolved and half-read findings. */
function whole(): Ledger {
  const audits = new Audits();
  const read = [aNodeUsing(130_000, 131_072), aNode({}, { instanceId: 'i-b' })];
  const rules = [
    aRule('some', { 'i-0000000000000000a': 'critical', 'i-b': 'warning' }),
    aRule('over', { 'i-b': 'notice' }),
  ];
  const mutes = [{ rule: 'some', until: hour(2), reason: 'load test' }];
  audits.at(0, { read, rules, mutes });
  audits.at(1, { read, rules: rules.slice(0, 1) });
  audits.at(2, { read, rules });
  audits.at(3, { read: read.slice(0, 1), silent: [silentNode('i-b')], rules: [aRule('some', {})] });
  if (audits.ledger === undefined) throw new Error('there is no ledger');
  return { ...audits.ledger, outbox: [{ runId: 'run-3', promisedAt: hour(3), digest: aDigest() }] };
}

const ledger = whole();
const text = JSON.stringify(ledger);
const id = 'some/example/workers';
const node = 'i-0000000000000000a';

/** What is read of the document with something else at this path. */
function readWith(path: readonly string[], value: unknown) {
  const document = JSON.parse(text) as Record<string, unknown>;
  let place = document;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[path.at(-1) ?? ''] = value;
  return readLedger(JSON.stringify(document));
}

describe('readLedger', () => {
  it('is absent before the first audit', () => {
    expect(readLedger(undefined)).toEqual({ kind: 'absent' });
  });

  it('reads what was written', () => {
    expect(readLedger(text)).toEqual({ kind: 'known', ledger, dropped: 0 });
  });

  it('takes every text that is only the beginning of one for damaged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(readLedger(text.slice(0, length))).toEqual({
          kind: 'damaged',
          why: 'it is no JSON object, or only the beginning of one',
        });
      }),
    );
  });

  it.each([
    ['null', 'it is no JSON object, or only the beginning of one'],
    ['[]', 'it is no JSON object, or only the beginning of one'],
    ['{}', 'it has no schemaVersion'],
    ['{"schemaVersion":"1"}', 'it has no schemaVersion'],
    ['{"schemaVersion":-1}', 'it has no schemaVersion'],
    ['{"schemaVersion":0}', 'no program wrote schemaVersion 0'],
    ['{"schemaVersion":1,"runId":"run-1","startedAt":"x"}', 'it does not say which audit wrote it'],
  ])('takes %s for damaged', (other, why) => {
    expect(readLedger(other)).toEqual({ kind: 'damaged', why });
  });

  it.each([
    [['region'], 5],
    [['runId'], undefined],
    [['auditedAt'], 'yesterday'],
    [['nodes'], []],
    [['findings'], null],
    [['outbox'], {}],
  ])('is damaged where %j is %j', (path, value) => {
    expect(readWith(path, value).kind).toBe('damaged');
  });

  it('says that a newer program wrote it, whatever else it holds', () => {
    expect(readLedger('{"schemaVersion":2}')).toEqual({ kind: 'newer', schemaVersion: 2 });
  });

  it.each([
    [['nodes', node], 'text'],
    [['nodes', node, 'cluster'], undefined],
    [['nodes', node, 'readAt'], '2026-11-23'],
    [['nodes', node, 'readAt'], '2026-99-23T08:00:00Z'],
    [['nodes', node, 'bootId'], 5],
    [['nodes', node, 'counters', 'drop'], -1],
    [['nodes', node, 'counters', 'drop'], 0.5],
    [['nodes', node, 'exceeded', 'other'], 1],
    [['nodes', node, 'usage'], [[1, 2]]],
    [['nodes', node, 'usage'], [[1, 2, 0]]],
    [['nodes', node, 'usage'], Array.from({ length: 13 }, () => [1, 2, 3])],
    [['findings', id, 'id'], 'other'],
    [['findings', id, 'state'], 'closed'],
    [['findings', id, 'state'], 'resolved'],
    [['findings', id, 'severity'], 'fatal'],
    [['findings', id, 'nodes'], []],
    [['findings', id, 'nodes'], [5]],
    [['findings', id, 'milder'], { 'i-b': 'fatal' }],
    [['findings', id, 'worst', 'max'], 0],
    [['findings', id, 'lastTold'], 5],
    [['findings', id, 'clearFor'], 0],
    [['outbox', '0', 'digest'], {}],
    [['outbox', '0', 'digest'], 'text'],
    [['outbox', '0', 'digest', 'schemaVersion'], 2],
    [['outbox', '0', 'digest', 'transitions'], 'none'],
    [['outbox', '0', 'promisedAt'], undefined],
  ])('leaves out and counts one entry where %j is %j', (path, value) => {
    const reading = readWith(path, value);
    expect(reading).toMatchObject({ kind: 'known', dropped: 1 });
    if (reading.kind !== 'known') return;
    expect(reading.ledger.nodes[node] === undefined).toBe(path[0] === 'nodes');
    expect(reading.ledger.findings[id] === undefined).toBe(path[0] === 'findings');
    expect(reading.ledger.outbox === undefined).toBe(path[0] === 'outbox');
  });

  it('leaves out what it does not know without counting it', () => {
    expect(readWith(['nodes', node, 'mood'], 'good')).toEqual({
      kind: 'known',
      ledger,
      dropped: 0,
    });
  });

  it('keeps as many entries as there may be and counts the others', () => {
    const memory = ledger.nodes[node];
    const entries = (most: number) =>
      Object.fromEntries(Array.from({ length: most }, (_, at) => [`i-${at}`, memory]));
    expect(readWith(['nodes'], entries(12_000))).toMatchObject({ dropped: 0 });
    expect(readWith(['nodes'], entries(12_001))).toMatchObject({ dropped: 1 });
  });

  it('does not read a text that no audit can have written', () => {
    expect(readLedger(`${text}${' '.repeat(64 * 1_048_576)}`)).toMatchObject({
      kind: 'damaged',
      why: expect.stringContaining('characters') as string,
    });
  });

  it('takes an older document through each migration', () => {
    const { findings, ...older } = { ...ledger, schemaVersion: 0 };
    const steps = { 0: (document: object) => ({ ...document, findings }) };
    expect(readLedger(JSON.stringify(older), steps)).toEqual({ kind: 'known', ledger, dropped: 0 });
    expect(readLedger(JSON.stringify(older)).kind).toBe('damaged');
  });
});
