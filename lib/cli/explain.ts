import { Command } from '@commander-js/extra-typings';
import { near } from '../core/text/near.js';
import { printedJson, printedLines, strong, type Printed } from '../core/render/lines.js';
import { pageOf, topics, type Topic } from './pages.js';
import { paintFor, type Terminal } from './terminal.js';

/** `explain`: prints the page of a rule or a remedy; without one, lists them all. */
export function explainCommand(terminal: Terminal) {
  return new Command('explain')
    .description('explain a rule or a remedy')
    .argument('[id]', 'a rule or a remedy (default: list them)')
    .option('--json', 'print JSON')
    .action((id, { json }) => {
      if (id === undefined) {
        terminal.write(json === true ? printedJson(topics, 2) : list(terminal));
        return;
      }
      const topic = topicOf(id);
      const page = pageOf(topic);
      terminal.write(
        json === true ? printedJson({ ...topic, page }, 2) : shown(topic, page, terminal),
      );
    });
}

/** The topic of this id. Fails on another one, and names those near it. */
export function topicOf(id: string): Topic {
  const topic = topics.find((one) => one.id === id);
  if (topic !== undefined) return topic;
  const meant = nearIds(id);
  const hint = meant.length === 0 ? ';' : `; did you mean ${meant.join(', ')}?`;
  throw new Error(`there is no rule or remedy '${id}'${hint} without one, explain lists them all`);
}

/** Ids near a typing error, or else ids with this word: `dns` is part of two. */
function nearIds(id: string): string[] {
  const ids = topics.map((one) => one.id);
  const mistyped = near(id, ids);
  const word = id.toLowerCase();
  return mistyped.length > 0 ? mistyped : ids.filter((one) => one.split('-').includes(word));
}

function list(terminal: Terminal): Printed {
  const width = Math.max(...topics.map(({ id }) => id.length));
  const rows = (kind: Topic['kind']) =>
    topics
      .filter((one) => one.kind === kind)
      .map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`);
  const lines = [[strong('Rules')], ...rows('rule'), '', [strong('Remedies')], ...rows('remedy')];
  return printedLines(lines, paintFor(terminal));
}

/**
 * Title and rule come from the code, the rest from the page, whose first line is the id once more. A pipe
 * gets the page's own Markdown; a terminal gets its headings in bold.
 */
function shown({ id, title, about }: Topic, page: string, terminal: Terminal): Printed {
  const [, ...body] = page.trimEnd().split('\n');
  const painted = body.map((line) => {
    const heading = terminal.colour ? /^## (.+)$/.exec(line)?.[1] : undefined;
    return heading === undefined ? line : [strong(heading)];
  });
  return printedLines([[strong(`${id}: ${title}`)], about, ...painted], paintFor(terminal));
}
