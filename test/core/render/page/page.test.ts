import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../../lib/core/render/page/page.js';
import { sha256 } from '../../../../lib/core/text/sha256.js';
import { anEvidence } from '../../../fuzz/examples.js';
import { foreignMarkup } from '../../../fuzz/foreign-markup.js';
import { mutated } from '../../../fuzz/hostile.js';
import { aNode, aNodeUsing } from '../../../support/a-node.js';
import { ESCAPE } from '../../../support/escapes.js';
import { manyParts, pageParts } from '../../../support/page-parts.js';

const full = aNodeUsing(127_140, 131_072, { instanceId: 'i-full' });
const calm = aNodeUsing(4_096, 131_072, { instanceId: 'i-calm' });

/** The pictures of the node groups. */
function strips(text: string): string {
  return [...text.matchAll(/<svg[^>]*class="strip"[^]*?<\/svg>(?=\s*<\/div>)/g)].join('');
}

describe('the page', () => {
  it('has verdict, plan, fleet, cases, silent nodes and the table, in this order', () => {
    const text = pageOf(pageParts([full, calm]));
    const ids = [...text.matchAll(/<h2 id="(\w+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['plan', 'fleet', 'cases', 'silent', 'nodes']);
    expect(text).toContain('<h1>1 critical, in example; 1 of 2 tables at 75% or more</h1>');
  });

  it('lets a browser run its own style and script, and nothing else', () => {
    const text = pageOf(pageParts([full]));
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(text) ?? [];
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(text) ?? [];
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'; base-uri 'none'; form-action 'none'`,
    );
    expect(text).not.toMatch(/ style="| on\w+="| src="/);
  });

  it('says so where there is nothing to do', () => {
    const text = pageOf(pageParts([calm]));
    expect(text).toContain('<h1>no findings; 0 of 1 table at 75% or more</h1>');
    expect(text).toMatch(/Nothing has to be done/);
    expect(text).toContain('Every node that was found was read');
  });

  it.each([
    [0.74, 'fine'],
    [0.75, 'warning'],
    [0.94, 'warning'],
    [0.95, 'critical'],
  ])('draws a node at %d as %s', (usage, mark) => {
    const node = aNodeUsing(Math.ceil(131_072 * usage), 131_072);
    expect(strips(pageOf(pageParts([node])))).toMatch(
      new RegExp(`#m-${mark}"[^<]*class="m ${mark}"`),
    );
  });

  it('marks a table that was full lately, though it is not now', () => {
    const facts = {
      tableFull: { lines: 2, secondsAgo: 60 },
      counters: { drop: 9, insert_failed: 0, early_drop: 0 },
    };
    expect(pageOf(pageParts([aNode(facts)]))).toMatch(/was full lately<\/title>[^]*class="ghost"/);
    expect(pageOf(pageParts([aNode()]))).not.toContain('class="ghost"');
  });

  it('marks a table that is fine now, and not after an upgrade', () => {
    const old = (entries: number) =>
      aNode({
        kubeProxy: { version: '1.28.5', source: 'add-on' },
        kubeProxyConfigState: 'known',
        table: { entries, max: 262_144, buckets: 262_144 },
        reading: { entries, max: 262_144, buckets: 262_144 },
      });
    expect(pageOf(pageParts([old(98_304)]))).toContain('75% of the 131,072 to come');
    expect(pageOf(pageParts([old(98_304)]))).toContain('75% of the 131,072 to come');
    expect(pageOf(pageParts([old(90_000)]))).not.toContain('to come');
  });

  it('shows which part of the arithmetic binds', () => {
    expect(pageOf(pageParts([aNode({ table: { entries: 127_140, max: 131_072 } })]))).toMatch(
      /conntrack\.min<\/b>\s*<em>binds<\/em>/,
    );
  });

  it('draws a time line where there were audits before, and none at first sight', () => {
    const trend = [
      { secondsAgo: 7_200, entries: 60_000, max: 131_072 },
      { secondsAgo: 0, entries: 127_140, max: 131_072 },
    ];
    const { node, facts } = full;
    expect(pageOf(pageParts([{ node, facts: { ...facts, trend } }]))).toContain(
      '46% 2 hours ago, 97% now',
    );
    expect(pageOf(pageParts([full]))).not.toContain('<polyline');
  });

  it('tells silent nodes by reason, and gaps', () => {
    const { instanceId, cluster, nodeGroup } = calm.node;
    const text = pageOf(
      pageParts([full], {
        fleet: { ...pageParts([full, calm]).evidence.fleet },
        silent: [{ instanceId, cluster, nodeGroup, reason: 'ssm-offline' }],
        gaps: [
          {
            about: 'cluster',
            subject: 'cluster prod',
            operation: 'eks:DescribeCluster',
            reason: 'not-permitted',
            detail: 'no',
          },
        ],
      }),
    );
    expect(text).toMatch(/<code>ssm-offline<\/code>/);
    expect(text).toContain('the SSM agent has stopped reporting');
    expect(text).toContain('cluster prod: the role may not ask, and needs eks:DescribeCluster: no');
  });

  it('holds no markup but its own, whatever nodes and tags are called', () => {
    const fixed = (key: string) =>
      ['severity', 'reason', 'nodeGroupKind', 'platform', 'architecture', 'hypervisor'].includes(
        key,
      );
    fc.assert(
      fc.property(mutated(anEvidence(), fixed), (evidence) => {
        const text = pageOf(pageParts(evidence.snapshots, evidence));
        expect(foreignMarkup(text)).toEqual([]);
        expect(text).not.toMatch(ESCAPE);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a reading that nobody believes', () => {
  const believed = aNodeUsing(36_700, 131_072, { instanceId: 'i-0000000000000000b' });
  const doubted = aNodeUsing(393_216, 131_072);
  const text = pageOf(pageParts([doubted, believed]));

  it('is called doubtful in its row, at its mark and in its case', () => {
    expect(text).toMatch(/<b>300%<\/b> <small>doubtful<\/small>/);
    expect(text).toContain('300%, 393,216 of 131,072; a doubtful reading</title>');
    expect(text).toMatch(/<span class="nb">i-0000000000000000a<\/span\s*>,\s+doubtful/);
  });

  it('weighs no remedy, and still asks to be taken again', () => {
    expect(text).not.toContain('What each remedy would do to the fullest table');
    expect(text).toContain('a second reading, taken by hand');
    expect(pageOf(pageParts([full, believed]))).toContain(
      'What each remedy would do to the fullest table',
    );
  });
});

describe('the plan of the page', () => {
  const text = pageOf(pageParts([full, calm]));

  it('says under each action what it is against', () => {
    expect(text).toMatch(/<b>Set conntrack\.min[^]*?<p class="fp">The conntrack table is close/);
  });

  it('counts the nodes of the findings of a severity beside them', () => {
    const warned = aNodeUsing(104_858, 131_072, { instanceId: 'i-warned' });
    expect(pageOf(pageParts([full, warned, calm]))).toMatch(
      /<b>1<\/b> <span>critical · 2 nodes[^]*<b>0<\/b> <span>warnings · 0 nodes/,
    );
  });

  it('ends no line within the id of an instance', () => {
    const named = aNodeUsing(127_140, 131_072, { instanceId: 'i-0123456789abcdef0' });
    expect(pageOf(pageParts([named]))).toMatch(
      /close to full<\/b>: <span class="nb">i-0123456789abcdef0<\/span> \(m5/,
    );
  });
});

describe('a fleet of many node groups', () => {
  const groups = (amount: number) =>
    Array.from({ length: amount }, (_, at) =>
      aNodeUsing(at === 0 ? 127_140 : 4_096, 131_072, {
        instanceId: `i-${at}`,
        nodeGroup: `group-${at}`,
      }),
    );

  it('gives each of 60 groups a row', () => {
    const text = pageOf(pageParts(groups(60)));
    expect(text.match(/class="strip"/g)).toHaveLength(60);
    expect(text).not.toContain('without a finding</b>');
  });

  it('gives those of 61 groups one row that have no finding', () => {
    const text = pageOf(pageParts(groups(61)));
    expect(text.match(/class="strip"/g)).toHaveLength(2);
    expect(text).toMatch(/<b>group-0<\/b>[^]*<b>60 more node groups without a finding<\/b>/);
  });

  it('explains bars where there are some', () => {
    expect(pageOf(pageParts(groups(60)))).not.toContain('a bar for each 2.5%');
    expect(pageOf(pageParts(groups(66)))).toContain('a bar for each 2.5%');
  });
});

it('bins the groups of 10,000 nodes, pages its table, and stays under 3 MB', () => {
  const text = pageOf(manyParts(10_000));
  expect(Buffer.byteLength(text)).toBeLessThan(3_000_000);
  expect(text).toContain('class="bin warning"');
  expect(text.match(/<th scope="row">/g)).toHaveLength(50);
  expect(text).toContain('"i-0000000000000270f"');
}, 300_000);
