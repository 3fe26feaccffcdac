import * as v from 'valibot';
import { topicOf } from '../../cli/explain.js';
import { pageOf, topics } from '../../cli/pages.js';
import { leftLines, leftSchema, paging, within } from '../parts.js';
import { name, tool } from '../tool.js';

const topicSchema = v.object({
  kind: v.picklist(['rule', 'remedy']),
  id: v.string(),
  title: v.string(),
  about: v.string(),
});

/** `explain`: the page of a rule or a remedy; without one, the list of them. Asks no run. */
export const explainTool = tool({
  name: 'explain',
  title: 'What a rule or a remedy is',
  description:
    'The page of a rule or a remedy, as Markdown: when it fires or applies, how to do it by hand, what it costs, how to undo it. Without an id, the list of all of them.',
  input: { id: v.exactOptional(name('id of a rule or a remedy')), ...paging },
  output: {
    topics: v.array(topicSchema),
    page: v.exactOptional(v.string()),
    left: leftSchema,
  },
  documents: ['page'],
  answer({ id, offset }) {
    if (id !== undefined) {
      const topic = topicOf(id);
      const page = pageOf(topic);
      const structured = { topics: [short(topic)], page, left: [] };
      return {
        structured,
        lines: [`${topic.id}: ${topic.title}`, topic.about, ...page.split('\n')],
      };
    }
    const { lists, left } = within({ topics: topics.map(short) }, { offset });
    const lines = lists.topics.map((one) => `${one.kind} ${one.id}: ${one.title}`);
    return { structured: { ...lists, left }, lines: [...lines, ...leftLines(left)] };
  },
});

function short({ kind, id, title, about }: (typeof topics)[number]) {
  return { kind, id, title, about };
}
