import { topics, type Topic } from '../../lib/cli/pages.js';
import { isAnswer } from '../../lib/core/judge/remedy.js';
import { remedies } from '../../lib/core/remedies/index.js';
import { ruleTexts } from '../../lib/core/rules/index.js';
import { movedLinks, type Moved } from './links.js';
import { read, root } from './sources.js';

/** A page of the project as it stands on the site: its links moved, its marks replaced. */
export function sitePage(file: string, pages: ReadonlyMap<string, string>): Moved {
  const topic = topics.find(({ path }) => path === file);
  const text = topic === undefined ? read(file) : withTopic(read(file), topic);
  const { text: moved, files } = movedLinks(text, file, pages, root);
  const toRoot = '../'.repeat((pages.get(file) ?? '').split('/').length - 1) || './';
  return { text: frontMatter(file, topic) + withMarks(moved, toRoot), files };
}

/** What `explain` says above and beside a page: title, when it fires, and what answers it. */
function withTopic(page: string, { kind, id, title, about }: Topic): string {
  const [heading = '', ...rest] = page.split('\n');
  const link = (to: string, folder: string) => `[\`${to}\`](../${folder}/${to}.md)`;
  if (kind === 'rule') {
    const rule = ruleTexts.find((one) => one.id === id);
    const answers = remedies
      .filter((remedy) => rule !== undefined && isAnswer(remedy, rule))
      .map((remedy) => link(remedy.id, 'remedies'));
    const lead = [`**${title}.**`, `It ${about}.`, `Answered by ${answers.join(', ')}.`];
    return [heading, '', lead.join('\n\n'), ...rest].join('\n');
  }
  const answered = about.replace(/^answers /, '').split(', ');
  const lead = `**${title}.** Answers ${answered.map((one) => link(one, 'rules')).join(', ')}.`;
  return [heading, '', lead, ...rest].join('\n');
}

function frontMatter(file: string, topic: Topic | undefined): string {
  const description = topic === undefined ? '' : `description: ${JSON.stringify(topic.title)}\n`;
  const outline = file === 'README.md' ? 'outline: false\n' : '';
  const both = description + outline;
  return both === '' ? '' : `---\n${both}---\n\n`;
}

/** Pictures follow the switch of the site; the calculator and examples come in. */
function withMarks(page: string, toRoot: string): string {
  return page
    .replace(
      /<picture>\s*<source [^>]*srcset="([^"]+)">\s*<img src="([^"]+)" alt="([^"]*)" width="(\d+)">\s*<\/picture>/g,
      (_, dark: string, light: string, alt: string, width: string) =>
        [light, dark]
          .map((source, at) => {
            const name = source.split('/').at(-1) ?? source;
            const look = at === 0 ? 'light' : 'dark';
            const picture = `<img src="/pictures/${name}" alt="${alt}" width="${width}">`;
            return `<a class="only-${look}" href="${toRoot}pictures/${name}" target="_self">${picture}</a>`;
          })
          .join('\n'),
    )
    .replace(/<!-- calculator -->[^]*?<!-- \/calculator -->/, '<LimitCalculator />')
    .replace(/<!-- example: (\S+) -->/g, (_, name: string) => {
      const text = read(`docs/examples/${name}`).trimEnd();
      return `\`\`\`\`yaml\n${text}\n\`\`\`\``;
    });
}
