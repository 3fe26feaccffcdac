import type { Weighed } from '../judge/remedy.js';
import type { Place } from './place.js';
import type { Said } from './said.js';
import type { WeighedNodes } from './weighed-nodes.js';

/** Remedies that set one number on all nodes of a place, of which each node may ask for another. */
const numberIn: Readonly<Record<string, RegExp>> = {
  'grow-hash': /echo (\d+) > \S*hashsize/,
  'grow-policy-table': /"conntrackCacheTableSize":"(\d+)"/,
};

/** What is said of the node that asks for most, as that is set on all of them. Nothing for other remedies. */
export function ofLargestNumber(
  { remedy, members, doubted }: Place,
  weighed: WeighedNodes,
): Said | undefined {
  const pattern = numberIn[remedy.id];
  if (pattern === undefined) return undefined;
  const said = members.flatMap(({ finding }) =>
    weighed
      .of(finding)
      .filter(({ node }) => !doubted.has(node.instanceId))
      .flatMap((snapshot) => weighed.weigh(remedy, finding, snapshot) ?? []),
  );
  const [largest] = said
    .map((one) => ({ one, number: numberOf(one, pattern) }))
    .sort((a, b) => b.number - a.number);
  if (largest === undefined || largest.number === 0) return undefined;
  const { reason, steps } = largest.one;
  const command = remedy.files?.includes('limit') === true && {
    name: 'fix' as const,
    remedy: remedy.id,
    limit: largest.number,
  };
  return { reason, steps, ...(command && { command }) };
}

function numberOf({ helps, steps }: Weighed, pattern: RegExp): number {
  if (helps !== true) return 0;
  return Math.max(0, ...steps.map((step) => Number(pattern.exec(step)?.[1] ?? 0)));
}
