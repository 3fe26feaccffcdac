import { Command } from '@commander-js/extra-typings';
import { closest } from 'fastest-levenshtein';
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
        terminal.write(json === true ? `${JSON.stringify(topics, null, 2)}\n` : list(terminal));
        return;
      }
      const topic = find(id);
      const page = pageOf(topic);
      terminal.write(
        json === true
          ? `${JSON.stringify({ ...topic, page }, null, 2)}\n`
          : shown(topic, page, terminal),
      );
    });
}

function find(id: string): Topic {
  const topic = topics.find((one) => one.id === id);
  if (topic !== undefined) return topic;
  const near = closest(
    id,
    topics.map((one) => one.id),
  );
  throw new Error(
    `there is no rule or remedy '${id}'; did you mean ${near}? explain lists them all`,
  );
}

function list(terminal: Terminal): string {
  const { strong } = paintFor(terminal);
  const width = Math.max(...topics.map(({ id }) => id.length));
  const rows = (kind: Topic['kind']) =>
    topics
      .filter((one) => one.kind === kind)
      .map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`);
  return `${[strong('Rules'), ...rows('rule'), '', strong('Remedies'), ...rows('remedy')].join('\n')}\n`;
}

/** Title and rule come from the code, the rest from the page; its first line is the id once more. */
function shown({ id, title, about }: Topic, page: string, terminal: Terminal): string {
  const { strong } = paintFor(terminal);
  const body = page
    .split('\n')
    .slice(1)
    .map((line) => (line.startsWith('#') ? strong(line.replace(/^#+ /, '')) : line))
    .join('\n');
  return `${strong(`${id}: ${title}`)}\n${about}\n${body}`;
}
