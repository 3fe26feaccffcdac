import { count } from '../text/format.js';
import { present } from '../text/present.js';
import { matching } from '../mutes/mute.js';
import type { TableState } from './transition.js';
import type { Audited } from './audited.js';
import type { FindingMemory } from './ledger.js';
import { limitNoteOf } from './limit-note.js';
import { quiet, type Outcome } from './outcome.js';
import { rememberedFinding } from './remembered-finding.js';
import { isAboutTable, judgesGrowth } from './rule-traits.js';

/** What becomes of a finding that is remembered and not there. */
export function compareUnseen(memory: FindingMemory, audited: Audited): Outcome {
  if (memory.state === 'resolved') return { memory };
  // This very audit, tried once more, is not a second one.
  if (audited.before === undefined) return keptOpen(memory, audited);
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

/** What came back soon after it was resolved is to be clear twice, if people know that it came back. */
function isDamped({ reopened, lastTold }: FindingMemory): boolean {
  return reopened !== undefined && lastTold !== undefined;
}

/** A node that is gone may have refused flows until it was: only an interval without it proves that it is over. */
function mayHaveGoneOn({ rule, nodes }: FindingMemory, { node }: Audited): boolean {
  return judgesGrowth(rule) && nodes.some((id) => node(id) === undefined);
}

/** The nodes that are still to be judged, where the others are clear. */
function partly({ nodes }: FindingMemory, waiting: readonly string[]): Partial<FindingMemory> {
  return waiting.length === 0 || waiting.length === nodes.length ? {} : { unread: waiting };
}

function keptOpen(memory: FindingMemory, audited: Audited): Outcome {
  const finding = rememberedFinding(memory, audited);
  const mute = matching(finding, audited.mutes, audited.now);
  if (mute === undefined) return { memory };
  return {
    memory: { ...memory, silencedUntil: mute.until },
    silenced: quiet(finding, mute),
  };
}

function over(memory: FindingMemory, audited: Audited): Outcome {
  const { clearFor, silencedUntil, lastTold, resolvedAt, ...rest } = memory;
  // People do not hear the end of what they were not told; and what came back unheard never did.
  if (lastTold === undefined) {
    if (resolvedAt === undefined) return {};
    return { memory: { ...rest, state: 'resolved', resolvedAt } };
  }
  const resolved = { ...rest, lastTold, state: 'resolved' as const, resolvedAt: audited.now };
  const finding = rememberedFinding(memory, audited);
  const isMuted = matching(finding, audited.mutes, audited.now) !== undefined;
  if (isMuted) return { memory: resolved };
  return {
    memory: resolved,
    transition: {
      kind: 'resolved',
      finding,
      since: memory.firstSeen,
      was: memory.severity,
      ...proof(memory, audited),
      ...present({ note: whoIsGone(memory, audited) ?? whoLowered(memory, audited) }),
    },
  };
}

/** The table before and after, where it shows what was fixed. */
function proof(
  memory: FindingMemory,
  { table, fullest }: Audited,
): { before?: TableState; after?: TableState } {
  const { rule, worst } = memory;
  if (worst === undefined || !isAboutTable(rule)) return {};
  return present({ before: worst, after: table(worst.instanceId) ?? fullest(memory) });
}

/** That a limit is as it should be again can mean that a fix was undone. */
function whoLowered({ rule, nodes }: FindingMemory, audited: Audited): string | undefined {
  if (!isAboutTable(rule)) return undefined;
  return nodes.map((id) => limitNoteOf(id, audited)).find((note) => note !== undefined);
}

function whoIsGone(memory: FindingMemory, audited: Audited): string | undefined {
  const gone = memory.nodes.filter((id) => audited.node(id) === undefined);
  const [first, ...others] = gone;
  if (first === undefined) return undefined;
  const are = others.length === 0 ? 'is' : `and ${count(others.length)} more are`;
  const unread = audited.isProved(memory)
    ? ''
    : ', and nothing of its node group was read for 7 days';
  return `${first} ${are} gone${unread}`;
}
