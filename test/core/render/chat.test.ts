import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../../lib/core/judge/finding.js';
import { chatMessage } from '../../../lib/core/render/chat.js';
import { chatCode, chatText } from '../../../lib/core/render/chat-text.js';
import { byteLength } from '../../../lib/core/render/cut.js';
import { aDigest, aTransition } from '../../support/a-digest.js';
import { anyDigest, anyText, manyChanges } from '../../support/hostile-digests.js';

describe('a chat message', () => {
  it('has the form that the chat service takes', () => {
    expect(chatMessage(aDigest())).toEqual({
      version: '1.0',
      source: 'custom',
      id: 'run-7',
      content: {
        textType: 'client-markdown',
        title: 'critical: 1 new, conntrack in us-east-1 (storefront)',
        description: `Open now: 1 critical, 2 warning on 121 nodes, 19 of them silent

*Plan*
1. Raise the limit of the conntrack table → limit 262,144, usage 49% ± 1% (predicted)

*CRITICAL* \`storefront / web\`
i-0a (t3.xlarge)
new: \`table-pressure\`: 127,402 of 131,072 conntrack entries are in use (97%)

Mute table-pressure of storefront / web for 7 days: \`{"rule":"table-pressure","cluster":"storefront","nodeGroup":"web","until":"2026-12-01","reason":"…"}\`

The whole report: \`s3://shelf/runs/run-7/\`
https://us-east-1.console.aws.amazon.com/s3/object/shelf?prefix=runs/run-7/report.json`,
        nextSteps: [
          'Now: `sudo sysctl -w net.netfilter.nf_conntrack_max=262144`',
          'For good: `conntrack-auditor fix raise-limit --limit 262144`',
        ],
        keywords: ['critical', 'us-east-1', 'storefront'],
      },
      metadata: {
        threadId: 'table-pressure/storefront/web',
        summary: '1 new: conntrack in us-east-1',
        eventType: 'conntrack-new',
        additionalContext: {
          runId: 'run-7',
          startedAt: '2026-11-24T08:00:00.000Z',
          region: 'us-east-1',
          clusters: 'storefront',
          open: '1 critical, 2 warning',
          report: 's3://shelf/runs/run-7/',
        },
      },
    });
  });

  it('names the account, what is not known, and where to look in the console', () => {
    const instanceId = 'i-0123456789abcdef0';
    const nodes = aTransition().finding.nodes.map((node) => ({ ...node, instanceId }));
    const { content, metadata } = chatMessage(
      aDigest([aTransition({}, { nodes })], {
        account: { id: '123456789012', alias: 'acme-prod' },
        links: { dashboard: 'conntrack' },
        gaps: ['a', 'b'].map((name) => ({
          about: 'cluster',
          subject: `cluster <!${name}>`,
          operation: `eks:${name}`,
          reason: 'not-permitted',
          detail: '',
        })),
      }),
    );
    expect(content.title).toBe(
      'critical: 1 new, conntrack in acme-prod (123456789012), us-east-1 (storefront)',
    );
    expect(content.keywords).toEqual(['critical', 'acme-prod', 'us-east-1', 'storefront']);
    expect(metadata.additionalContext['account']).toBe('123456789012');
    expect(content.description).toContain(
      'Not known: cluster &lt;!a&gt;: the role may not ask, and needs eks:a; and 1 more in the whole report\n',
    );
    expect(content.description).toContain(
      [
        `\`${instanceId}\`: https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#InstanceDetails:instanceId=${instanceId}`,
        `A shell on it: https://us-east-1.console.aws.amazon.com/systems-manager/session-manager/${instanceId}?region=us-east-1`,
        'Dashboard: https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/conntrack',
        '',
      ].join('\n'),
    );
  });

  it('says in its title that no node could be read', () => {
    const nodes = { discovered: 12, read: 0, silent: 12 };
    expect(chatMessage(aDigest([], { nodes })).content.title).toBe(
      'note: no node of 12 could be read, conntrack in us-east-1 (storefront, payments)',
    );
  });

  it('goes to the thread of what is open, not of what is over, however bad that was', () => {
    const over = aTransition({ kind: 'resolved' }, { rule: 'table-drops' });
    const open = aTransition({}, { severity: 'notice' });
    const thread = (...changes: ReturnType<typeof aTransition>[]) =>
      chatMessage(aDigest(changes)).metadata.threadId;
    expect(thread(over, open)).toBe('table-pressure/storefront/web');
    expect(thread(over)).toBe('table-drops/storefront/web');
  });

  it('files a lost fix as news of its own', () => {
    const lost = aTransition({ kind: 'resolved', fixLost: true });
    expect(chatMessage(aDigest([lost])).metadata).toMatchObject({
      threadId: 'fix-lost/storefront/web',
      eventType: 'conntrack-fix-lost',
    });
  });

  it('goes to the thread of its worst finding, the first', () => {
    const { metadata } = chatMessage(
      aDigest([aTransition({ kind: 'worse' }, { nodeGroup: 'api' }), aTransition()]),
    );
    expect(metadata.threadId).toBe('table-pressure/storefront/api');
    expect(metadata.eventType).toBe('conntrack-worse');
  });

  it('goes to a thread of the Region where there are only notes', () => {
    const { metadata, content } = chatMessage(aDigest([], { notes: ['the ledger was damaged'] }));
    expect(metadata.threadId).toBe('conntrack-auditor/us-east-1');
    expect(metadata.eventType).toBe('conntrack-note');
    expect(content.description).toContain('\nNote: the ledger was damaged\n');
    expect(content).not.toHaveProperty('nextSteps');
  });

  it('shows a fix in numbers, with what explains it, and nothing to do', () => {
    const before = { instanceId: 'i-0a', entries: 127_402, max: 131_072 };
    const after = { ...before, entries: 102_236, max: 262_144 };
    const { content } = chatMessage(
      aDigest([aTransition({ kind: 'resolved', before, after, note: 'the limit was raised' })]),
    );
    expect(content.description).toContain(
      '\ni-0a (t3.xlarge): 97% of 131,072 → 39% of 262,144\nresolved: `table-pressure` (was critical), since 2026-11-23 08:00 UTC\nthe limit was raised\n\n',
    );
    expect(content.description).not.toMatch(/Plan|Mute/);
    expect(content).not.toHaveProperty('nextSteps');
  });

  it('says maybe of what may help', () => {
    const [offered] = aTransition().finding.remedies;
    if (offered === undefined) throw new Error('a finding comes with a remedy');
    const { command: _command, ...remedy } = { ...offered, helps: null, steps: [] };
    const of = (only: Assessment) =>
      chatMessage(aDigest([aTransition({}, { remedies: [only] })]), 'npx x');
    expect(of(remedy).content.description).toContain('\n1. Maybe: Raise the limit');
    expect(of(remedy).content).not.toHaveProperty('nextSteps');
    expect(
      of({ ...remedy, command: { name: 'fix', remedy: 'grow-hash' } }).content.nextSteps,
    ).toEqual(['For good: `npx x fix grow-hash`']);
    expect(of({ ...remedy, command: { name: 'node' } }).content.nextSteps).toEqual([
      'Now: read it where you can log in: npx x node (as root, in the host’s network namespace)',
    ]);
    expect(chatMessage(aDigest([aTransition({}, { remedies: [] })])).content).not.toHaveProperty(
      'nextSteps',
    );
  });

  it('says of a test that it is one: in its title, its text and its context', () => {
    const { content, metadata } = chatMessage(aDigest(undefined, { test: true }));
    expect(content.title).toMatch(/^\[test\] critical/);
    expect(content.description).toMatch(/^This is a test .* made up/);
    expect(metadata.additionalContext['test']).toBe('true');
  });

  it('hands over what to do at once, and three things that last at most', () => {
    const action = { title: 'x', settles: 1, nodes: 1, findings: [], effects: [], step: 'edit it' };
    const actions = ['a', 'b', 'c', 'd'].map((id) => ({ ...action, id }));
    const { content } = chatMessage(aDigest(undefined, { plan: { actions, more: 0 } }));
    expect(content.nextSteps).toHaveLength(4);
    expect(content.nextSteps?.at(-1)).toBe('For good (3): edit it');
    expect(content.description).toContain('\nand 1 more action in the whole report\n');
  });

  it('leaves out whole changes from the end, and counts them', () => {
    const { content } = chatMessage(aDigest(manyChanges(10_000)));
    const told = content.description.match(/^\*(?!Plan)/gm)?.length ?? 0;
    expect(content.description).toContain(
      `\n\n${(10_000 - told).toLocaleString('en-US')} more changes in the whole report\n\n`,
    );
    expect(byteLength(content.description)).toBeGreaterThan(7_000);
    expect(byteLength(content.description)).toBeLessThanOrEqual(8_000);
  });

  it('keeps the limits and whole characters, whatever the names are', () => {
    fc.assert(
      fc.property(anyDigest, (digest) => {
        const message = chatMessage(digest);
        expect(byteLength(message.content.title)).toBeLessThanOrEqual(250);
        expect(byteLength(message.content.description)).toBeLessThanOrEqual(8_000);
        const { title, description, nextSteps = [] } = message.content;
        for (const text of [title, description, ...nextSteps]) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/[<>]|(?!\n)[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/u);
        }
        expect(byteLength(JSON.stringify(message))).toBeLessThan(16_384);
      }),
    );
  });
});

describe('a sentence in chat', () => {
  it.each([
    ['<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['*bold* ~struck~ `code`', '∗bold∗ ∼struck∼ ˋcodeˋ'],
    ['_italic_ and nf_conntrack_max', '＿italic＿ and nf_conntrack_max'],
    ['[here](https://evil.example)', '［here］(https: //evil.example)'],
    ['# heading \\* | cell', '＃ heading ＼∗ ￨ cell'],
    ['@channel @Everyone @here me@example', '＠channel ＠Everyone ＠here me@example'],
    ['slack://open JavaScript://x', 'slack: //open JavaScript: //x'],
    ['s3://bucket -> there', 's3://bucket → there'],
    ['two\nlines\u202e', 'two?lines?'],
  ])('shows %j as %j', (text, safe) => {
    expect(chatText(text)).toBe(safe);
  });

  it('has no mark and no link, whatever it says', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(chatText(text)).not.toMatch(
          /[<>*~`[\]\\|#\n]|https?:\/\/|@(here|channel|everyone)|&(?!(amp|lt|gt);)/,
        );
      }),
    );
  });
});

describe('a name in chat', () => {
  it.each([
    ['node_group *x*', '`node_group *x*`'],
    ['a`b', '`aˋb`'],
    ['<!here>', '`&lt;!here&gt;`'],
    ['a\nb', '`a?b`'],
  ])('shows %j as %j', (name, safe) => {
    expect(chatCode(name)).toBe(safe);
  });

  it('cannot end its own code', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(chatCode(name)).toMatch(/^`[^`\n<>]*`$/);
      }),
    );
  });
});
