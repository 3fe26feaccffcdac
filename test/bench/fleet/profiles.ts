import { beginsLikeAnswer } from '../../../lib/core/run/invocation-outcome.js';
import { demoFiles, theDemo } from '../../support/demo-run.js';

/** What all nodes of one group are and say, as a node of the demo was and said. */
export interface Profile {
  readonly instanceType: string;
  /** The answer of its probe. */
  readonly text: string;
}

/** One group in eight has something wrong. */
const TROUBLED = 8;

/** The profile of each group, by its number. */
export type Profiles = (groupAt: number) => Profile;

/** Answers of the demo, in turn: those of nodes with a finding for one group in eight, else of nodes without one. */
export async function demoProfiles(): Promise<Profiles> {
  const { report, evidence } = await theDemo();
  const answers = answersById();
  const found = new Set(report.findings.flatMap(({ nodes }) => nodes.map((one) => one.instanceId)));
  const all = evidence.snapshots.flatMap(({ node }) => {
    const text = answers.get(node.instanceId) ?? '';
    // What a list would cut is read by itself, and only a few nodes of a fleet say so much.
    if (!beginsLikeAnswer(text) || text.length > 2_400) return [];
    return [{ id: node.instanceId, instanceType: node.instanceType, text }];
  });
  const troubled = all.filter(({ id }) => found.has(id));
  const calm = all.filter(({ id }) => !found.has(id));
  return (groupAt) => {
    const [from, turn] =
      groupAt % TROUBLED === 0 ? [troubled, groupAt / TROUBLED] : [calm, groupAt];
    const profile = from[turn % from.length];
    if (profile === undefined) throw new Error('the demo has no such node');
    return profile;
  };
}

function answersById(): Map<string, string> {
  const files = demoFiles();
  const lists = Object.entries(files).flatMap(([key, value]) =>
    key.startsWith('answers/') ? (value as { instanceId: string; text?: string }[]) : [],
  );
  return new Map(lists.map(({ instanceId, text = '' }) => [instanceId, text]));
}
