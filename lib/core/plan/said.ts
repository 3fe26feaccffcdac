import type { Assessment, Finding } from '../judge/finding.js';
import { present } from '../text/present.js';
import type { Candidate, Member } from './candidate.js';

/** What is said of an action: why, how, and the command that prints its files. */
export type Said = Pick<Assessment, 'reason' | 'steps' | 'command'>;

/**
 * What a candidate says where it is done for these findings: of its place as a whole, or else what the remedy
 * says of the worst of them. A remedy that says another number there than the one that is done does not speak.
 */
export function saidOf(candidate: Candidate, findings: readonly Finding[]): Said {
  const { assessment } = speakerOf(candidate, findings) ?? {};
  const { reason = '', steps = [], command } = { ...assessment, ...ownOf(candidate) };
  return { reason, steps, ...present({ command }) };
}

function ownOf({ reason, steps, command }: Candidate): Partial<Said> {
  return present({ reason, steps, command });
}

function speakerOf(candidate: Candidate, findings: readonly Finding[]): Member | undefined {
  const { members } = candidate;
  const agreed = members.filter((one) => agrees(candidate, one));
  const able = agreed.length > 0 ? agreed : members;
  return able.find(({ finding }) => findings.includes(finding)) ?? able[0];
}

function agrees({ instanceType }: Candidate, { assessment: { predicted } }: Member): boolean {
  return instanceType === undefined || predicted.instanceType === instanceType;
}
