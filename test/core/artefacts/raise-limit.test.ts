import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import type { Artefact, ArtefactContext } from '../../../lib/core/artefacts/artefact.js';
import { artefactsFor, renderable } from '../../../lib/core/artefacts/index.js';
import { floorOf, limitUnder, overloads } from '../../../lib/core/artefacts/scope.js';
import type { LimitValues, ScopeNode } from '../../../lib/core/artefacts/scope.js';
import { nodeOses } from '../../../lib/core/limit/expected-limit.js';
import { aContext } from '../../support/a-context.js';

const GIB = 2 ** 30;
const node = (different: Partial<ScopeNode> = {}): ScopeNode => ({
  instanceId: 'i-1',
  nodeGroup: 'workers',
  vcpus: 8,
  memoryBytes: 32 * GIB,
  kernel: '6.1.159',
  limit: 262_144,
  kubeProxy: '1.31.2',
  maxPerCore: 32_768,
  min: 131_072,
  ...different,
});
const workers = { name: 'workers', kind: 'managed' } as const;
const filesFor = (different: Partial<ArtefactContext>) =>
  artefactsFor('raise-limit', { ...aContext, nodeGroup: workers, ...different });
const placed = (files: readonly Artefact[]) =>
  Object.fromEntries(files.map(({ file, place }) => [file, place]));
const textOf = (files: readonly Artefact[], name: string) =>
  files
    .filter(({ file }) => file === name)
    .map(artefactText)
    .join('');

describe('the files that raise a limit', () => {
  it('recommend conntrack.min where every node of the cluster bears it', () => {
    const files = filesFor({ limit: 524_288, nodes: [node()] });
    expect(placed(files)).toEqual({
      'raise-limit.sh': 'recommended',
      'kube-proxy-config-in-git.md': 'alternative',
      'user-data.mime': 'alternative',
      'ec2-node-class.yaml': 'alternative',
      'leave-limit-alone.sh': 'alternative',
      'conntrack-limit-daemonset.yaml': 'stop-gap',
    });
    expect(textOf(files, 'raise-limit.sh')).toContain('--set conntrack.min=524288 ');
  });

  it('weigh a small node of another group, on both sides of 5% of its memory', () => {
    const limit = 524_288;
    const least = (limit * 384) / 0.05;
    const other = (memoryBytes: number) =>
      node({ instanceId: 'i-small', nodeGroup: 'small', vcpus: 2, limit: 131_072, memoryBytes });
    const fits = filesFor({ limit, nodes: [node(), other(least)] });
    expect(textOf(fits, 'raise-limit.sh')).toContain('conntrack.min=524288');
    const not = filesFor({ limit, nodes: [node(), other(least - 1)] });
    expect(textOf(not, 'raise-limit.sh')).toContain('--set conntrack.maxPerCore=65536 ');
    expect(textOf(not, 'raise-limit.sh')).not.toContain('conntrack.min=');
    expect(textOf(not, 'raise-limit.sh')).toContain('5% of the memory of i-small');
  });

  it('leave the limit to the node where kube-proxy was told to, and ignores conntrack.min', () => {
    // A public case: maxPerCore 0 with a min of 131,072.
    const nodes = [node({ maxPerCore: 0, limit: 524_288 })];
    const files = filesFor({ limit: 1_048_576, nodes });
    expect(placed(files)).toMatchObject({
      'user-data.mime': 'recommended',
      'raise-limit.sh': 'alternative',
    });
    expect(placed(files)).not.toHaveProperty('leave-limit-alone.sh');
    expect(textOf(files, 'user-data.mime')).toContain('ignores conntrack.min');
    expect(textOf(files, 'raise-limit.sh')).toContain(
      '--set conntrack.maxPerCore=32768 --set conntrack.min=1048576 ',
    );
  });

  it('keep a large limit through an upgrade without giving it to a small node', () => {
    // What a 96-vCPU node has before 1.36, beside an m5.large.
    const large = node({ vcpus: 96, memoryBytes: 384 * GIB, limit: 3_145_728, kubeProxy: '1.36' });
    const small = node({
      instanceId: 'i-m5-large',
      nodeGroup: 'small',
      vcpus: 2,
      memoryBytes: 8 * GIB,
      limit: 131_072,
      kubeProxy: '1.36',
    });
    const files = filesFor({ limit: 3_145_728, nodes: [large, small] });
    expect(placed(files)).toMatchObject({
      'user-data.mime': 'recommended',
      'leave-limit-alone.sh': 'recommended',
    });
    expect(placed(files)).not.toHaveProperty('raise-limit.sh');
    const alone = filesFor({ limit: 3_145_728, nodes: [large] });
    expect(textOf(alone, 'raise-limit.sh')).toContain(
      '--set conntrack.maxPerCore=10922 --set conntrack.min=3145728 ',
    );
    expect(textOf(alone, 'raise-limit.sh')).toContain('takes its cap of 1,048,576');
  });

  it('say which node would fall, and recommend nothing that lowers it', () => {
    const byHand = node({ instanceId: 'i-by-hand', nodeGroup: 'other', limit: 1_048_576 });
    const files = filesFor({ limit: 524_288, nodes: [node(), byHand] });
    expect(placed(files)['user-data.mime']).toBe('recommended');
    expect(textOf(files, 'user-data.mime')).toContain('lower the limit of i-by-hand');
    expect(textOf(filesFor({ limit: 100_000, nodes: [node()] }), 'user-data.mime')).toContain(
      'lower than what nodes have now: i-1 has 262,144',
    );
  });

  it('say that nothing was weighed where no run tells of nodes', () => {
    const { nodeGroup: _none, ...context } = { ...aContext, nodeGroup: workers };
    const files = artefactsFor('raise-limit', context);
    expect(placed(files)['raise-limit.sh']).toBe('recommended');
    for (const name of ['raise-limit.sh', 'user-data.mime', 'conntrack-limit-daemonset.yaml']) {
      expect(textOf(files, name)).toContain('nothing is weighed');
    }
  });

  it('recommend the node class for Karpenter, with the family of images that was read', () => {
    const nodeGroup = { name: 'pool', kind: 'karpenter' } as const;
    const nodes = [node({ nodeGroup: 'pool', maxPerCore: 0 })];
    const classOf = (os: ArtefactContext['os']) => {
      const files = filesFor({ nodes, nodeGroup, os });
      expect(placed(files)).toMatchObject({ 'ec2-node-class.yaml': 'recommended' });
      return textOf(files, 'ec2-node-class.yaml');
    };
    expect(classOf('al2')).toContain('alias: al2@latest\n');
    expect(classOf('al2023')).toContain('alias: al2023@latest\n');
    expect(classOf('bottlerocket')).toContain('alias: bottlerocket@latest\n');
    expect(classOf('ubuntu')).toContain('amiFamily: Custom\n');
    expect(classOf('al2023')).not.toMatch(/[&*]a\d/);
    const stopGap = textOf(filesFor({ nodes, nodeGroup }), 'conntrack-limit-daemonset.yaml');
    expect(stopGap).toContain('karpenter.sh/nodepool: pool\n');
  });
});

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const anyNode = fc
  .record({
    vcpus: oneOf(1, 2, 8, 36, 96),
    gib: oneOf(1, 4, 8, 32, 384),
    limit: oneOf(undefined, 65_536, 131_072, 262_144, 1_048_576, 3_145_728),
    kubeProxy: oneOf(undefined, 'none', '1.22.1', '1.27.3', '1.31.2', '1.36.2', '1.38.0'),
    config: oneOf({}, { maxPerCore: 0 }, { maxPerCore: 32_768, min: 131_072 }, { min: 1_048_576 }),
    nodeGroup: oneOf('workers', 'small'),
    kernel: oneOf('5.10.1', '6.12.1'),
  })
  .map(({ gib, limit, kubeProxy, config, ...rest }, at = 0) => ({
    ...node({ ...rest, memoryBytes: gib * GIB, instanceId: `i-${at}-${rest.vcpus}-${gib}` }),
    ...{ maxPerCore: undefined, min: undefined },
    ...config,
    limit,
    kubeProxy,
  }))
  .map((one) => JSON.parse(JSON.stringify(one)) as ScopeNode);
const anyContext = fc
  .record({
    os: oneOf(...nodeOses),
    proxyMode: oneOf(undefined, 'iptables', 'ipvs', 'nftables'),
    dnsAddress: oneOf('172.20.0.10', 'fd00:7072:6f64::a'),
    limit: oneOf(1_000, 131_072, 524_288, 1_048_576, 3_145_728),
    nodes: fc.array(anyNode, { minLength: 1, maxLength: 4 }),
    nodeGroup: oneOf(undefined, workers, { name: 'small', kind: 'karpenter' }),
  })
  .map((one) => ({ ...aContext, ...(JSON.parse(JSON.stringify(one)) as ArtefactContext) }))
  .map((one) => ({ ...one, nodes: one.nodes ?? [] }));

/** What a script sets, by what it passes on. */
function setBy(text: string): LimitValues {
  const sets = [...text.matchAll(/--set conntrack\.(maxPerCore|min)=(\d+)/g)];
  return Object.fromEntries(sets.map(([, name = '', value]) => [name, Number(value)]));
}

/** The nodes that a file reaches otherwise than through kube-proxy. */
function reached({ nodes = [], nodeGroup }: ArtefactContext): readonly ScopeNode[] {
  const group = nodes.filter((one) => one.nodeGroup === nodeGroup?.name);
  return group.length > 0 ? group : nodes;
}

function expectSaid(text: string, isScript: boolean, context: ArtefactContext): void {
  for (const one of isScript ? (context.nodes ?? []) : reached(context)) {
    const limit = isScript ? limitUnder(one, setBy(text)) : context.limit;
    if (limit === undefined) continue;
    if (overloads(one, limit)) expect(text).toContain('more than 5% of the memory of');
    const least = isScript ? floorOf(one) : (one.limit ?? 0);
    if (limit < least) expect(text).toMatch(/lowers the limit of|lower than what nodes have now/);
  }
}

describe('whatever the cluster is, no file', () => {
  it('raises more than a node bears, or lowers what one has, without a word on it', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        for (const artefact of artefactsFor('raise-limit', context)) {
          // These two are values of kube-proxy for a person, and no limit of a node.
          if (/^(leave-limit-alone|kube-proxy-config-in-git)/.test(artefact.file)) continue;
          expectSaid(artefactText(artefact), artefact.kind === 'bash', context);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('gives a node of the finding less than it says, when it is recommended', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const files = artefactsFor('raise-limit', context);
        const script = files.find(
          ({ file, place }) => file === 'raise-limit.sh' && place === 'recommended',
        );
        if (script === undefined) return;
        const values = setBy(artefactText(script));
        for (const one of context.nodes) {
          const limit = limitUnder(one, values);
          if (reached(context).includes(one)) expect(limit).toBeGreaterThanOrEqual(context.limit);
          expect(limit).toBeGreaterThanOrEqual(floorOf(one));
          if (limit !== floorOf(one)) expect(overloads(one, limit ?? 0)).toBe(false);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('names a mode for kube-proxy, or addresses of two families', () => {
    fc.assert(
      fc.property(anyContext, oneOf(...renderable), (context, remedy) => {
        for (const artefact of artefactsFor(remedy, context)) {
          const text = artefactText(artefact);
          expect(text).not.toMatch(/^\s*mode:/m);
          const corefile = text
            .split('\n')
            .filter((line) => /bind|health|localip|host:|^ +- (169|fd)/.test(line));
          const families = [/169\.254|172\.20/, /fd00:/].filter((family) =>
            family.test(corefile.join('\n')),
          );
          expect(families.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
