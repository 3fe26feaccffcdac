import type { Finding } from '../judge/finding.js';
import { rankOf } from '../judge/severity.js';
import type { TransitionKind } from './transition.js';
import type { AuditIndex } from './audit-index.js';
import { elapsed } from '../text/elapsed.js';
import type { FindingMemory } from './ledger.js';
import { limitNoteOf } from './limit-note.js';

/** What to tell about an open finding that is not muted; mostly nothing. */
export function kindOf(
  finding: Finding,
  before: FindingMemory | undefined,
  audited: AuditIndex,
): TransitionKind | undefined {
  if (before?.silencedUntil !== undefined) return 'unsilenced';
  if (before?.lastTold !== undefined && before.state === 'open') {
    return changeOf(finding, before) ?? reminder(finding, before.lastTold, audited);
  }
  if (!isNews(finding, audited)) return undefined;
  return before?.resolvedAt === undefined ? 'new' : 'reopened';
}

function changeOf(finding: Finding, before: FindingMemory): TransitionKind | undefined {
  const steps = rankOf(before.severity) - rankOf(finding.severity);
  if (steps === 0) return undefined;
  return steps > 0 ? 'worse' : 'better';
}

function reminder(
  { severity }: Finding,
  lastTold: string,
  { now, policy }: AuditIndex,
): TransitionKind | undefined {
  const isDue = elapsed(lastTold, now) >= policy.remindAfterSeconds;
  return severity === 'critical' && isDue ? 'reminded' : undefined;
}

/**
 * One missed reading is no news. People hear that a node is silent if it was silent in the audit before
 * too, whether by the same finding or, for another reason, by one of its nodes.
 */
function isNews({ id, rule, nodes }: Finding, audited: AuditIndex): boolean {
  if (audited.rule(rule)?.about !== 'reach') return true;
  const { ledger, before } = audited;
  const last = Object.values(ledger?.findings ?? {}).filter(
    (one) => one.rule === rule && one.state === 'open' && one.lastSeen === before,
  );
  const wasSilent = new Set(last.flatMap((one) => one.nodes));
  return last.some((one) => one.id === id) || nodes.some((one) => wasSilent.has(one.instanceId));
}

/** Another explanation. */
export function noteOn(
  kind: TransitionKind,
  finding: Finding,
  before: FindingMemory | undefined,
  audited: AuditIndex,
): string | undefined {
  const { silencedUntil } = before ?? {};
  if (silencedUntil !== undefined) return endOfMute(silencedUntil, audited);
  const mayBeLimit = kind === 'new' || kind === 'reopened' || kind === 'worse';
  return mayBeLimit ? limitOfWorst(finding, audited) : undefined;
}

function endOfMute(until: string, { now }: AuditIndex): string {
  return elapsed(until, now) >= 0
    ? `the mute ended at ${until}`
    : 'no mute covers all of its nodes any more';
}

function limitOfWorst({ nodes }: Finding, audited: AuditIndex): string | undefined {
  const [worst] = nodes;
  return worst && limitNoteOf(worst.instanceId, audited);
}
