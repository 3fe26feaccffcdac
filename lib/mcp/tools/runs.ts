import * as v from 'valibot';
import { tool } from '../tool.js';

/** `runs`: what there is to ask about. */
export const runsTool = tool({
  name: 'runs',
  title: 'Saved runs',
  description:
    'Lists the audits that this server answers from, by id. They were saved before: nothing is audited now.',
  input: {},
  output: {
    runs: v.array(v.object({ id: v.string(), startedAt: v.string(), simulated: v.boolean() })),
  },
  answer(_asked, { all }) {
    const runs = all.map(({ id, startedAt, simulated }) => ({ id, startedAt, simulated }));
    const lines = runs.map(
      ({ id, startedAt, simulated }) =>
        `${id}  ${startedAt}${simulated ? '  simulated fleet' : ''}`,
    );
    const none = 'this server has no run; limit, explain and fix of a remedy answer without one';
    return { structured: { runs }, lines: lines.length === 0 ? [none] : lines };
  },
});
