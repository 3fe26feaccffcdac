import { beforeEach, describe, expect, it } from 'vitest';
import { transitionKinds } from '../../lib/core/ledger/transition.js';
import { aTransition, nodeFinding } from '../support/a-transition.js';
import {
  account,
  imported,
  publish,
  requests,
  securityHub,
  takesAll,
} from '../support/security-hub.js';

beforeEach(takesAll);

describe('SecurityHubAnnouncer', () => {
  it('imports a critical finding with all that Security Hub demands', async () => {
    const predicted = { limit: 262_144 };
    const remedy = { id: 'raise-limit', predicted, steps: [], helps: true };
    const finding = await imported(
      aTransition({
        why: 'kube-proxy set it',
        remedies: [{ ...remedy, title: 'Raise the limit', reason: 'it costs 40 MiB' }],
      }),
    );
    expect(finding).toEqual({
      SchemaVersion: '2018-10-08',
      Id: `conntrack-auditor/eu-west-1/${account}/table-pressure/prod/blue`,
      ProductArn: `arn:aws:securityhub:eu-west-1:${account}:product/${account}/default`,
      ProductName: 'EKS Conntrack Auditor',
      GeneratorId: 'conntrack-auditor/table-pressure',
      AwsAccountId: account,
      Region: 'eu-west-1',
      CreatedAt: '2026-11-23T08:00:00.000Z',
      FirstObservedAt: '2026-11-23T08:00:00.000Z',
      LastObservedAt: '2026-11-24T10:00:00.000Z',
      UpdatedAt: '2026-11-24T10:00:00.000Z',
      RecordState: 'ACTIVE',
      FindingProviderFields: {
        Severity: { Label: 'HIGH', Original: 'critical' },
        Types: ['Effects/Resource Consumption'],
      },
      Title: 'The conntrack table is nearly full: prod/blue',
      Description: 'i-1 (t3.large): 97 % of 131,072 entries are used; kube-proxy set it',
      Remediation: {
        Recommendation: { Text: 'Raise the limit -> limit 262,144 (predicted): it costs 40 MiB' },
      },
      Resources: [
        {
          Type: 'AwsEc2Instance',
          Id: `arn:aws:ec2:eu-west-1:${account}:instance/i-1`,
          Details: { AwsEc2Instance: { Type: 't3.large' } },
        },
      ],
      ProductFields: {
        'conntrack-auditor/finding': 'table-pressure/prod/blue',
        'conntrack-auditor/cluster': 'prod',
        'conntrack-auditor/nodeGroup': 'blue',
        'conntrack-auditor/nodes': '1',
        'conntrack-auditor/run': 'run-7',
        'conntrack-auditor/report': 's3://shelf/runs/run-7/',
      },
    });
  });

  it('leaves alone what people decide in Security Hub', async () => {
    const finding = await imported(aTransition());
    for (const field of ['Workflow', 'Note', 'UserDefinedFields', 'Severity', 'Types']) {
      expect(finding).not.toHaveProperty(field);
    }
  });

  it('imports a warning as MEDIUM', async () => {
    const { FindingProviderFields } = await imported(aTransition({ severity: 'warning' }));
    expect(FindingProviderFields?.Severity).toEqual({ Label: 'MEDIUM', Original: 'warning' });
  });

  it('leaves notices out, also those that are resolved', async () => {
    const notices = transitionKinds.map((kind) => aTransition({ severity: 'notice' }, { kind }));
    const still = aTransition({ severity: 'notice' }, { kind: 'resolved', was: 'notice' });
    await publish([...notices, still], { notes: ['a note'] });
    expect(securityHub.calls()).toHaveLength(0);
  });

  it.each(transitionKinds)(
    'archives what is resolved or left and nothing else: %s',
    async (kind) => {
      const { RecordState, LastObservedAt } = await imported(aTransition({}, { kind }));
      const over = kind === 'resolved' || kind === 'left';
      expect(RecordState).toBe(over ? 'ARCHIVED' : 'ACTIVE');
      expect(LastObservedAt === undefined).toBe(over);
    },
  );

  it('archives a finding that has become a notice, with the label that it had', async () => {
    const better = aTransition({ severity: 'notice' }, { kind: 'better', was: 'critical' });
    expect(await imported(better)).toMatchObject({
      RecordState: 'ARCHIVED',
      FindingProviderFields: { Severity: { Label: 'HIGH', Original: 'notice' } },
    });
  });

  it('knows a finding again in each audit, with a newer time', async () => {
    const first = await imported(aTransition());
    const startedAt = '2026-11-24T16:00:00.000Z';
    const worse = aTransition({ severity: 'critical' }, { kind: 'worse', was: 'warning' });
    const second = await imported(worse, { startedAt, runId: 'run-8' });
    expect(second.Id).toBe(first.Id);
    expect(second.CreatedAt).toBe(first.CreatedAt);
    expect(second.UpdatedAt).toBe(startedAt);
  });

  it('makes another finding of each cause, and of one that is a test', async () => {
    const { Id: plain } = await imported(aTransition());
    const { Id: cause } = await imported(aTransition({ id: 'table-pressure/prod/blue/a' }));
    const { Id: test, Sample } = await imported(aTransition(), { test: true });
    expect(new Set([plain, cause, test]).size).toBe(3);
    expect(Sample).toBe(true);
  });

  it('keeps an id that is too long apart from others by its digest', async () => {
    const long = `table-pressure/prod/${'b'.repeat(500)}`;
    const { Id: one = '' } = await imported(aTransition({ id: `${long}1` }));
    const { Id: other = '' } = await imported(aTransition({ id: `${long}2` }));
    const { Id: again } = await imported(aTransition({ id: `${long}1` }));
    expect(one).toMatch(/^conntrack-auditor\/sha256\/[0-9a-f]{64}$/);
    expect(other).not.toBe(one);
    expect(again).toBe(one);
  });

  it('takes an id of 512 characters as it is', async () => {
    const head = `conntrack-auditor/eu-west-1/${account}/`;
    const id = 'x'.repeat(512 - head.length);
    expect((await imported(aTransition({ id }))).Id).toBe(head + id);
    expect((await imported(aTransition({ id: `${id}x` }))).Id).toContain('/sha256/');
  });

  it('names the 32 worst nodes, and how many there are', async () => {
    const nodes = Array.from({ length: 33 }, (_, n) => nodeFinding(n));
    const { Resources, ProductFields } = await imported(aTransition({ nodes }));
    expect(Resources?.map(({ Id }) => Id?.split('/').at(-1))).toEqual(
      nodes.slice(0, 32).map(({ instanceId }) => instanceId),
    );
    expect(ProductFields?.['conntrack-auditor/nodes']).toBe('33');
  });

  it('names a node whose type is not remembered, and the cluster where no node is', async () => {
    const unknown = { ...nodeFinding(1), instanceType: '' };
    expect((await imported(aTransition({ nodes: [unknown] }))).Resources).toEqual([
      { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:eu-west-1:${account}:instance/i-1` },
    ]);
    expect((await imported(aTransition({ nodes: [] }))).Resources).toEqual([
      { Type: 'AwsEksCluster', Id: `arn:aws:eks:eu-west-1:${account}:cluster/prod` },
    ]);
  });

  it('calls a finding about all node groups one about the cluster', async () => {
    const { Title } = await imported(aTransition({ nodeGroup: '*' }));
    expect(Title).toBe('The conntrack table is nearly full: cluster prod');
  });

  it('cuts texts between characters at the lengths that Security Hub takes', async () => {
    const long = `x${'\u{1F525}'.repeat(3_000)}`;
    const remedy = { id: 'r', title: long, reason: long, predicted: {}, steps: [], helps: true };
    const finding = await imported(
      aTransition({ title: long, summary: long, nodeGroup: long, remedies: [remedy] }),
    );
    const texts = [
      finding.Title,
      finding.Description,
      finding.Remediation?.Recommendation?.Text,
      finding.ProductFields?.['conntrack-auditor/nodeGroup'],
    ];
    expect(texts.map((text) => Buffer.byteLength(text ?? ''))).toEqual([256, 1_024, 512, 2_048]);
    for (const text of texts) expect(text).toMatch(/^x(\u{1F525})+…$/u);
    const whole = await imported(aTransition({ summary: 'x'.repeat(1_024) }));
    expect(whole.Description).toBe('x'.repeat(1_024));
  });

  it.each([
    [100, [100]],
    [101, [100, 1]],
  ])('imports %i findings in requests of a hundred', async (count, sizes) => {
    await publish(Array.from({ length: count }, (_, n) => aTransition({ id: `f-${n}` })));
    expect(requests().map(({ length }) => length)).toEqual(sizes);
  });
});
