import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAnswer, type Remedy } from '../../../lib/core/judge/remedy.js';
import type { About, RuleText } from '../../../lib/core/judge/rule.js';
import { remedies } from '../../../lib/core/remedies/index.js';
import { ruleTexts } from '../../../lib/core/rules/index.js';
import { builtInFleet } from '../../../lib/simulator/fleet/built-in-fleet.js';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const isThere = (path: string) => existsSync(root(path));
const filesOf = (path: string) =>
  readdirSync(root(path))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => basename(file, '.ts'))
    .sort();

const ruleFiles = filesOf('lib/core/rules');
const remedyFiles = filesOf('lib/core/remedies');
const readme = readFileSync(root('README.md'), 'utf8');
const remedyTable = readFileSync(root('docs/remedies.md'), 'utf8');

const planted = new Set(
  builtInFleet.clusters
    .flatMap(({ nodes }) => nodes)
    .flatMap(({ expect: note }) => {
      if (note === undefined || 'healthy' in note) return [];
      return 'findings' in note ? Object.keys(note.findings) : ['node-silent'];
    }),
);

/** What a plant of one moment cannot show, each with the reason. */
const unplanted: Readonly<Record<string, string>> = {
  'limit-shrinks-on-upgrade': 'healthy nodes of old minors have it',
  'time-to-full': 'it takes several audits',
};

/** Every kind there is; a kind that is missing here fails to compile. */
const kinds: Readonly<Record<About, true>> = {
  room: true,
  filler: true,
  limit: true,
  hash: true,
  race: true,
  ec2: true,
  reading: true,
  reach: true,
};

/** The sentences that are true. */
const lacks = (sentences: Readonly<Record<string, boolean>>) =>
  Object.entries(sentences).flatMap(([sentence, isLacking]) => (isLacking ? [sentence] : []));

function lacksOfRule(id: string, rule: RuleText | undefined): string[] {
  if (rule === undefined) {
    return [`the rule ${id} is in no list: add its line to lib/core/rules/index.ts`];
  }
  return lacks({
    [`the rule ${id} has no page: write lib/core/rules/${id}.md`]: !isThere(
      `lib/core/rules/${id}.md`,
    ),
    [`the rule ${id} has no test: write test/core/rules/${id}.test.ts`]: !isThere(
      `test/core/rules/${id}.test.ts`,
    ),
    [`the rule ${id} has no kind: say what its findings are about`]: !(rule.about in kinds),
    [`the rule ${id} is answered by nothing: let a remedy answer '${rule.about}', or name the rule in its alsoAnswers`]:
      !remedies.some((remedy) => isAnswer(remedy, rule)),
    [`the rule ${id} is planted on no simulated node: plant found('${id}', …) in lib/simulator/fleet`]:
      !planted.has(id) && !(id in unplanted),
    [`the rule ${id} is planted: take it out of the rules that cannot be`]:
      planted.has(id) && id in unplanted,
    [`the rule ${id} has no line in README.md: run npm run docs`]: !readme.includes(
      `| [\`${id}\`](lib/core/rules/${id}.md)`,
    ),
  });
}

function lacksOfRemedy(id: string, remedy: Remedy | undefined): string[] {
  if (remedy === undefined) {
    return [`the remedy ${id} is in no list: add its line to lib/core/remedies/index.ts`];
  }
  return [
    ...lacks({
      [`the remedy ${id} has no page: write lib/core/remedies/${id}.md`]: !isThere(
        `lib/core/remedies/${id}.md`,
      ),
      [`the remedy ${id} has no test: write test/core/remedies/${id}.test.ts`]: !isThere(
        `test/core/remedies/${id}.test.ts`,
      ),
      [`the remedy ${id} answers no rule: say in answers which kinds of findings it answers`]:
        !ruleTexts.some((rule) => isAnswer(remedy, rule)),
      [`the remedy ${id} has no line in docs/remedies.md: run npm run docs`]: !remedyTable.includes(
        `| [\`${id}\`](../lib/core/remedies/${id}.md)`,
      ),
    }),
    ...emptyExceptions(remedy),
  ];
}

/** Exceptions name rules that exist, change what the kinds say, and say why. */
function emptyExceptions({ id, answers, alsoAnswers = {}, leavesAlone = {} }: Remedy): string[] {
  const of = (
    list: string,
    named: Readonly<Record<string, string>>,
    isEmpty: (about: About) => boolean,
    means: string,
  ) =>
    Object.entries(named).flatMap(([name, reason]) => {
      const rule = ruleTexts.find((one) => one.id === name);
      if (rule === undefined)
        return [`${list} of the remedy ${id} names '${name}', which is no rule`];
      return lacks({
        [`${list} of the remedy ${id} names ${name} in vain: '${rule.about}' ${means}`]: isEmpty(
          rule.about,
        ),
        [`${list} of the remedy ${id} gives no reason for ${name}`]: reason.trim() === '',
      });
    });
  return [
    ...of('alsoAnswers', alsoAnswers, (about) => answers.includes(about), 'is answered anyway'),
    ...of('leavesAlone', leavesAlone, (about) => !answers.includes(about), 'is not answered'),
  ];
}

describe('the registries', () => {
  it('list no rule and no remedy twice, and none without a file', () => {
    expect(ruleTexts.map(({ id }) => id).sort()).toEqual(ruleFiles);
    expect(remedies.map(({ id }) => id).sort()).toEqual(remedyFiles);
  });

  it.each(ruleFiles)('lack nothing of the rule %s', (id) => {
    expect(
      lacksOfRule(
        id,
        ruleTexts.find((rule) => rule.id === id),
      ),
    ).toEqual([]);
  });

  it.each(remedyFiles)('lack nothing of the remedy %s', (id) => {
    expect(
      lacksOfRemedy(
        id,
        remedies.find((remedy) => remedy.id === id),
      ),
    ).toEqual([]);
  });

  it('excuse no rule from being planted that does not exist', () => {
    expect(Object.keys(unplanted).filter((id) => !ruleFiles.includes(id))).toEqual([]);
  });
});

describe('what the registries lack', () => {
  const [rule] = ruleTexts;
  const [remedy] = remedies;

  it('is said of a new rule in one sentence each', () => {
    const about = 'weather' as About;
    expect(lacksOfRule('new', rule && { ...rule, id: 'new', about })).toEqual([
      'the rule new has no page: write lib/core/rules/new.md',
      'the rule new has no test: write test/core/rules/new.test.ts',
      'the rule new has no kind: say what its findings are about',
      "the rule new is answered by nothing: let a remedy answer 'weather', or name the rule in its alsoAnswers",
      "the rule new is planted on no simulated node: plant found('new', …) in lib/simulator/fleet",
      'the rule new has no line in README.md: run npm run docs',
    ]);
    expect(lacksOfRule('new', undefined)).toEqual([
      'the rule new is in no list: add its line to lib/core/rules/index.ts',
    ]);
  });

  it('is said of a new remedy in one sentence each', () => {
    const { alsoAnswers: _also, leavesAlone: _leaves, ...plain } = { ...remedy };
    expect(lacksOfRemedy('new', { ...plain, id: 'new', answers: [] } as unknown as Remedy)).toEqual(
      [
        'the remedy new has no page: write lib/core/remedies/new.md',
        'the remedy new has no test: write test/core/remedies/new.test.ts',
        'the remedy new answers no rule: say in answers which kinds of findings it answers',
        'the remedy new has no line in docs/remedies.md: run npm run docs',
      ],
    );
    expect(lacksOfRemedy('new', undefined)).toEqual([
      'the remedy new is in no list: add its line to lib/core/remedies/index.ts',
    ]);
  });

  it('is said of an exception that excepts nothing', () => {
    const empty: Remedy = {
      id: 'new',
      title: 'New',
      reach: 'node-group' as const,
      answers: ['ec2'],
      alsoAnswers: { 'allowance-low': 'why', gone: 'why', 'hot-node': ' ' },
      leavesAlone: { 'hot-node': 'why', 'allowance-low': 'why' },
      assess: () => undefined,
    };
    expect(emptyExceptions(empty)).toEqual([
      "alsoAnswers of the remedy new names allowance-low in vain: 'ec2' is answered anyway",
      "alsoAnswers of the remedy new names 'gone', which is no rule",
      'alsoAnswers of the remedy new gives no reason for hot-node',
      "leavesAlone of the remedy new names hot-node in vain: 'filler' is not answered",
    ]);
  });
});
