import { count } from '../text/format.js';
import { present } from '../text/present.js';
import { matching } from '../mutes/mute.js';
import type { TableState } from './transition.js';
import type { AuditIndex } from './audit-index.js';
import type { FindingMemory } from './ledger.js';
import { limitNoteOf } from './limit-note.js';
import { quiet, type Outcome } from './outcome.js';
import { rememberedFinding } from './remembered-finding.js';
import type { RuleText } from '../judge/rule.js';

/** How a remembered finding changes that this audit did not find. */
export function compareUnseen(memory: FindingMemory, audited: AuditIndex): Outcome {
  if (memory.state === 'resolved') return { memory };
  // The same audit, tried again, is not a second one.
  if (audited.before === undefined) return keptOpen(memory, audited);
  if (!audited.isInScope(memory)) return left(memory, audited);
  const isClear = audited.cleared(memory);
  const waiting = (memory.unread ?? memory.nodes).filter((id) => !isClear(id));
  const isFirstTime = memory.clearFor === undefined;
  if (isFirstTime && mayHaveGoneOn(memory, audited)) {
    return keptOpen({ ...memory, ...partly(memory, waiting), clearFor: 1 }, audited);
  }
  if (waiting.length > 0) return keptOpen({ ...memory, ...partly(memory, waiting) }, audited);
  const { unread, ...whole } = memory;
  if (isFirstTime && isDamped(memory)) return keptOpen({ ...whole, clearFor: 1 }, audited);
  return over(whole, audited);
}

/** A finding that came back soon has to be clear twice, if people know that it came back. */
function isDamped({ reopened, lastTold }: FindingMemory): boolean {
  return reopened !== undefined && lastTold !== undefined;
}

/** A node that is gone may have refused flows until it was: only an interval without it proves that it is over. */
function mayHaveGoneOn({ rule, nodes }: FindingMemory, audited: AuditIndex): boolean {
  const isGone = (id: string) => audited.node(id) === undefined;
  return audited.rule(rule)?.proof === 'growth' && nodes.some(isGone);
}

/** The nodes left to judge, if the others are clear. */
function partly({ nodes }: FindingMemory, waiting: readonly string[]): Partial<FindingMemory> {
  return waiting.length === 0 || waiting.length === nodes.length ? {} : { unread: waiting };
}

function keptOpen(memory: FindingMemory, audited: AuditIndex): Outcome {
  const finding = rememberedFinding(memory, audited);
  const mute = matching(finding, audited.mutes, audited.now);
  if (mute === undefined) return { memory };
  return {
    memory: { ...memory, silencedUntil: mute.until },
    silenced: quiet(finding, mute),
  };
}

/** A finding of a cluster that is audited no more. Nobody hears that what they never heard of, or muted, is left. */
function left(memory: FindingMemory, audited: AuditIndex): Outcome {
  const finding = rememberedFinding(memory, audited);
  const isMuted = matching(finding, audited.mutes, audited.now) !== undefined;
  if (isMuted || memory.lastTold === undefined) return {};
  const note = `the cluster ${memory.cluster} is gone or no longer wanted, so nobody looks after it`;
  const { firstSeen: since, severity: was } = memory;
  return { transition: { kind: 'left', finding, since, was, note } };
}

function over(memory: FindingMemory, audited: AuditIndex): Outcome {
  const { clearFor, silencedUntil, lastTold, resolvedAt, ...rest } = memory;
  // Nobody hears the end of a finding that nobody heard of; nor did it come back if nobody heard of that.
  if (lastTold === undefined) {
    if (resolvedAt === undefined) return {};
    return { memory: { ...rest, state: 'resolved', resolvedAt } };
  }
  const resolved = { ...rest, lastTold, state: 'resolved' as const, resolvedAt: audited.now };
  const finding = rememberedFinding(memory, audited);
  const isMuted = matching(finding, audited.mutes, audited.now) !== undefined;
  if (isMuted) return { memory: resolved };
  const gone = whoIsGone(memory, audited);
  const lowered = gone === undefined ? whoLowered(memory, audited) : undefined;
  return {
    memory: resolved,
    transition: {
      kind: 'resolved',
      finding,
      since: memory.firstSeen,
      was: memory.severity,
      ...proof(memory, audited),
      ...(lowered !== undefined && { fixLost: true }),
      ...present({ note: gone ?? lowered }),
    },
  };
}

/** Whether a table before and after shows that a finding of this rule is over. */
function isAboutTable(rule: RuleText | undefined): boolean {
  const about = rule?.about;
  return about === 'room' || about === 'filler' || about === 'limit' || about === 'hash';
}

/** The table before and after, if it shows the fix. */
function proof(
  memory: FindingMemory,
  { rule: textOf, table, fullest }: AuditIndex,
): { before?: TableState; after?: TableState } {
  const { rule, worst } = memory;
  if (worst === undefined || !isAboutTable(textOf(rule))) return {};
  return present({ before: worst, after: table(worst.instanceId) ?? fullest(memory) });
}

/** A limit that is back to the expected one can mean that somebody undid a fix. */
function whoLowered({ rule, nodes }: FindingMemory, audited: AuditIndex): string | undefined {
  if (!isAboutTable(audited.rule(rule))) return undefined;
  return nodes.map((id) => limitNoteOf(id, audited)).find((note) => note !== undefined);
}

function whoIsGone(memory: FindingMemory, audited: AuditIndex): string | undefined {
  const gone = memory.nodes.filter((id) => audited.node(id) === undefined);
  const [first, ...others] = gone;
  if (first === undefined) return undefined;
  const are = others.length === 0 ? 'is' : `and ${count(others.length)} more are`;
  const unread = audited.isProved(memory)
    ? ''
    : ', and nothing of its node group was read for 7 days';
  return `${first} ${are} gone${unread}`;
}
