import type { Report } from '../judge/report.js';
import type { Gap } from '../node/gap.js';
import { count, plural } from '../text/format.js';
import { groupBy } from '../text/group-by.js';
import { MOST_FINDINGS, MOST_NODES } from './bounds.js';
import type { Ledger } from './ledger.js';
import type { Standing } from './standing.js';

/** What an audit has to say beside its findings, and what of it does not fit into the ledger. */
export interface WhatStands {
  readonly report: Report;
  readonly ledger: Ledger | undefined;
  /** Findings that the ledger does not hold. */
  readonly surplus: number;
}

/** Everything that holds for longer than one audit, and of which people are told once. */
export function whatStands({ report, ledger, surplus }: WhatStands): Standing[] {
  return [
    ...emptiness(report),
    ...muteness(report),
    ...gapsOf(report.gaps ?? []),
    ...notesOf(report.notes ?? []),
    ...channelsOf(ledger),
    ...boundsOf(report, surplus),
  ];
}

function emptiness({ clusters, nodes, region }: Report): Standing[] {
  if (nodes.discovered > 0) return [];
  const text =
    clusters.length === 0
      ? `nothing was audited: no cluster of ${region} is wanted, or there is none`
      : `nothing was audited: ${plural(clusters.length, 'cluster')} of ${region} without a running node`;
  return [{ key: 'empty', text, toldIn: 1 }];
}

function muteness({ nodes }: Report): Standing[] {
  if (nodes.discovered === 0 || nodes.read > 0) return [];
  const text = `none of ${plural(nodes.discovered, 'node')} could be read, so nothing is known of their tables`;
  return [{ key: 'none-read', text, toldIn: 1 }];
}

/** What is refused stays so until somebody acts; everything else may have passed by the next audit. */
function gapsOf(gaps: readonly Gap[]): Standing[] {
  const byCause = groupBy(gaps, ({ operation, reason }) => `gap:${operation}:${reason}`);
  return [...byCause].map(([key, group]) => {
    const [first] = group;
    const isRefused = first?.reason === 'not-permitted';
    const others = group.length > 1 ? ` and ${count(group.length - 1)} more` : '';
    const text = `${first?.operation} (${first?.reason}): nothing is known of ${first?.subject}${others}`;
    return { key, text, toldIn: isRefused ? 1 : 2 };
  });
}

/** A new version of the document takes a while to be the default one, so they wait for the second audit. */
function notesOf(notes: readonly string[]): Standing[] {
  return notes.map((text, at) => ({ key: `note:${at}`, text, toldIn: 2 }));
}

function channelsOf(ledger: Ledger | undefined): Standing[] {
  const { channels = {}, outbox = [], runId = '' } = ledger ?? {};
  return Object.entries(channels).flatMap(([name, { since, error, lost }]) => {
    const waiting = outbox.filter(({ owed }) => owed?.[name] !== undefined).length;
    const waits = waiting === 0 ? '' : `; ${plural(waiting, 'message')} for it will be tried again`;
    const failed = {
      key: `channel:${name}`,
      text: `${name} fails since ${since}: ${error}${waits}`,
    };
    const gone = {
      key: `lost:${name}:${runId}`,
      text: `${name} will not hear of ${plural(lost ?? 0, 'change')}: ${error}`,
    };
    return lost === undefined
      ? [{ ...failed, toldIn: 1 as const }]
      : [{ ...gone, toldIn: 1 as const }];
  });
}

function boundsOf({ nodes }: Report, surplus: number): Standing[] {
  const many = {
    key: 'bound:findings',
    text: `there are ${count(surplus)} findings more than the ${count(MOST_FINDINGS)} that the ledger holds: the milder ones are in the report, and no change of theirs is told`,
    toldIn: 1,
  } as const;
  const large = {
    key: 'bound:nodes',
    text: `of ${count(nodes.discovered)} nodes the ledger remembers the fullest ${count(MOST_NODES)}: what grows on the others is not judged`,
    toldIn: 1,
  } as const;
  return [...(surplus > 0 ? [many] : []), ...(nodes.discovered > MOST_NODES ? [large] : [])];
}
