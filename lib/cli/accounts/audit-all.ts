import pMap from 'p-map';
import type { AwsClientOptions } from '../../adapters/aws-clients.js';
import { isAboutCredentials, isUnknownHost, ServiceError } from '../../adapters/service-error.js';
import { partRecordOf, withName, type JudgedPart } from '../../core/organization/part-record.js';
import type { PartRecord, PlaceGap } from '../../core/organization/part.js';
import type { JudgedRun } from '../../core/run/judged-run.js';
import { present } from '../../core/text/present.js';
import { printable } from '../../core/text/printable.js';
import type { RoleSessions } from './role-sessions.js';
import type { Target } from './targets.js';

/** One audit of many, by whoever knows how: with these keys, in this Region. */
export type AuditOne = (
  target: Target,
  clients: Pick<AwsClientOptions, 'region' | 'credentials'>,
) => Promise<{ readonly judged: JudgedRun; readonly location: string }>;

/** What many audits left. */
export interface Audited {
  readonly records: readonly PartRecord[];
  /** In the same order. */
  readonly parts: readonly JudgedPart[];
  /** Places without an audit, and what services kept from the others. */
  readonly gaps: readonly PlaceGap[];
}

/** One audit, or why there is none. */
type Outcome =
  | { readonly target: Target; readonly part: JudgedPart; readonly record: PartRecord }
  | { readonly target: Target; readonly gap: PlaceGap };

/** What many audits need. */
export interface AuditingAll {
  readonly sessions: RoleSessions;
  /** How many run at once. */
  readonly atOnce: number;
  readonly auditOne: AuditOne;
  /** Called when an audit begins, and when it is over. */
  readonly began: (target: Target) => void;
  readonly ended: (target: Target, outcome: PartRecord | PlaceGap) => void;
}

/**
 * Audits each account and Region, a few at once. What a service refuses of one of them is a gap, and the others go on.
 * Fails only where the caller's own credentials are refused, and on faults of this program and machine.
 */
export async function auditAll(targets: readonly Target[], all: AuditingAll): Promise<Audited> {
  const outcomes = await pMap(targets, (target) => auditPart(target, all), {
    concurrency: all.atOnce,
  });
  const done = outcomes.flatMap((one) => ('part' in one ? one : []));
  return {
    records: done.map(({ record }) => record),
    parts: done.map(({ part }) => part),
    gaps: outcomes.flatMap((one) => ('gap' in one ? one.gap : gapsWithin(one))),
  };
}

async function auditPart(target: Target, all: AuditingAll): Promise<Outcome> {
  all.began(target);
  const outcome = await outcomeOf(target, all);
  all.ended(target, 'gap' in outcome ? outcome.gap : outcome.record);
  return outcome;
}

async function outcomeOf(target: Target, { sessions, auditOne }: AuditingAll): Promise<Outcome> {
  const { account, region, role, name } = target;
  let isCaller = true;
  try {
    const credentials = role === undefined ? undefined : await sessions.of(account, role);
    isCaller = role === undefined;
    const { judged, location } = await auditOne(target, { region, ...present({ credentials }) });
    const { report, plan, cases } = judged;
    const who = withName(report.account ?? { id: account }, name);
    const part = { report: { ...report, account: who }, plan, cases };
    return { target, part, record: partRecordOf(part, { account: who, location }) };
  } catch (error) {
    if (isAboutCredentials(error) && isCaller) throw error;
    return { target, gap: gapOf(target, error) };
  }
}

/** Why there is no audit. Throws what is no word of a service again. */
function gapOf({ account, region, name }: Target, error: unknown): PlaceGap {
  const place = { account, region, ...present({ name }) };
  const about = { about: 'audit', subject: 'the audit' } as const;
  const failure = error instanceof ServiceError ? error.failure : undefined;
  if (failure !== undefined) {
    const { operation, reason, detail } = failure;
    return { ...place, ...about, operation, reason, detail };
  }
  const isOfService =
    error instanceof ServiceError || isAboutCredentials(error) || isUnknownHost(error);
  if (!isOfService || !(error instanceof Error)) throw error;
  const hint = isAboutCredentials(error) ? '; the account may not have enabled this Region' : '';
  const detail = `${printable(error.message, 300)}${hint}`;
  return { ...place, ...about, operation: 'audit', reason: 'failed', detail };
}

/** What services kept from an audit that took place. */
function gapsWithin({ target, part }: Extract<Outcome, { readonly part: JudgedPart }>): PlaceGap[] {
  const { account, region, name } = target;
  return (part.report.gaps ?? []).map((gap) => ({ ...gap, account, region, ...present({ name }) }));
}
