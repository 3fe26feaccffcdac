import type { Finding } from '../judge/finding.js';
import type { Digest } from '../ledger/digest.js';
import { isOver } from '../ledger/transition.js';
import { present } from '../text/present.js';
import { sessionCommand } from './console-links.js';
import { cutWords } from './cut.js';
import { firstStep, recommendationOf } from './recommendation.js';
import { copied } from './tell-item.js';
import { toldCases } from './told-cases.js';

/** What can be done on the worst node before anything that lasts, raw. */
export interface AtOnce {
  /** `until kube-proxy starts again`. */
  readonly until?: string;
  /** Commands to copy, one after the other. */
  readonly commands: readonly string[];
  /** A step that is no command. */
  readonly step?: string;
}

/** `now, on the node: <command> (until kube-proxy starts again)`, as remedies write it. */
const ON_NODE = /^now, on the node: (.+?)(?: \((until [^()]+)\))?$/;

/**
 * How to get on the worst node that is open and was read, and what to do there. Nothing where nothing helps at
 * once and no flow is in danger. Of a node that was not read, the first step alone: a session would hardly open.
 */
export function atOnce(digest: Digest, program: string): AtOnce | undefined {
  const worst = toldCases(digest.transitions)[0]?.transitions[0];
  if (worst === undefined || isOver(worst.kind)) return undefined;
  const { finding } = worst;
  const getThere = digest.test === true ? [] : sessionOf(finding, digest.region);
  return onNode(finding, getThere) ?? notOnNode(finding, getThere, program);
}

function onNode(finding: Finding, getThere: readonly string[]): AtOnce | undefined {
  const { steps = [] } = recommendationOf(finding) ?? {};
  const [now] = steps.flatMap((step) => onNodeStep(step) ?? []);
  if (now === undefined) return undefined;
  return { commands: [...getThere, copied(asRoot(now.command))], ...present({ until: now.until }) };
}

function notOnNode(
  finding: Finding,
  getThere: readonly string[],
  program: string,
): AtOnce | undefined {
  if (getThere.length > 0) {
    return finding.severity === 'critical' ? { commands: getThere } : undefined;
  }
  const remedy = recommendationOf(finding);
  const step = remedy && firstStep(remedy, program);
  return step === undefined ? undefined : { commands: [], step: cutWords(step, 240) };
}

function onNodeStep(step: string) {
  const [, command, until] = ON_NODE.exec(step) ?? [];
  return command === undefined ? undefined : { command, until };
}

/** Of the worst node, if anything was read on it. */
function sessionOf({ nodes: [worst] }: Finding, region: string): string[] {
  if (worst === undefined || Object.keys(worst.measures).length === 0) return [];
  const command = sessionCommand(region, worst.instanceId);
  return command === undefined ? [] : [command];
}

/** As a session of Systems Manager needs it, which is not root. The settings of Bottlerocket ask for no root. */
function asRoot(command: string): string {
  if (command.startsWith('sysctl ')) return `sudo ${command}`;
  return command.startsWith('echo ') ? `sudo sh -c '${command}'` : command;
}
