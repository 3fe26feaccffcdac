import type { AllowanceName } from '../node/allowance.js';
import { count } from '../text/format.js';
import { grownText, hasGrown, totalOf, windowOf, type Grown } from './counter-growth.js';
import { present } from '../text/present.js';
import { sinceBoot } from './since-boot.js';
import type { NodeFacts } from '../node/snapshot.js';

type Told = Required<Pick<NodeFacts, 'allowance'>> & Pick<NodeFacts, 'growth' | 'churn' | 'boot'>;

/** What one of EC2's counters grew by. A counter that the last audit did not read is seen for the first time. */
export function exceededBy(
  name: AllowanceName,
  { allowance, growth }: Pick<Told, 'allowance' | 'growth'>,
): Grown {
  const now = allowance.grown?.[name] ?? 0;
  const between = growth?.exceeded[name];
  return between === undefined ? { now } : { between, now };
}

/**
 * How many packets were over a limit of EC2, and when: by growth, and at first sight of a node with the
 * count since boot. Nothing where there were none in the time that is judged.
 */
export function exceededText(
  name: AllowanceName,
  words: (packets: number) => string,
  facts: Told,
): string | undefined {
  const grown = exceededBy(name, facts);
  if (grown.between !== undefined) {
    return hasGrown(grown) ? grownText(grown, words, facts) : undefined;
  }
  const { allowance, boot } = facts;
  const total = allowance.exceeded[name] ?? 0;
  if (total === 0 && grown.now === 0) return undefined;
  const ever = sinceBoot(boot);
  if (grown.now > 0) return `${grownText(grown, words, facts)}, after ${count(total)} ${ever}`;
  const quiet = allowance.grown === undefined ? '' : ', and none while the probe ran';
  return `${words(total)} ${ever}${quiet}`;
}

/** The same number for machines: what grew, with the time in which it did; else the count since boot. */
export function exceededMeasures(
  name: AllowanceName,
  facts: Told,
): { readonly packetsExceeded: number; readonly windowSeconds?: number } {
  const grown = exceededBy(name, facts);
  if (grown.between === undefined && grown.now === 0) {
    return { packetsExceeded: facts.allowance.exceeded[name] ?? 0 };
  }
  return { packetsExceeded: totalOf(grown), ...present({ windowSeconds: windowOf(grown, facts) }) };
}
