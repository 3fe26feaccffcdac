import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../lib/core/judge/report.js';
import type { Digest } from '../lib/core/ledger/digest.js';
import { ec2Refusal, refusal, type Call, type Fault } from './support/faulty-account.js';
import { startFaultyAudits, victim } from './support/faulty-audits.js';

let audits: Awaited<ReturnType<typeof startFaultyAudits>>;
const audit: typeof audits.audit = (...args) => audits.audit(...args);

beforeAll(async () => {
  audits = await startFaultyAudits();
});

afterAll(() => audits.stop());

const denied = refusal('AccessDeniedException', 'not authorized', 403);
const on =
  (operation: string | RegExp, fault: Fault, about = '') =>
  (call: Call) =>
    call.operation.match(operation)?.[0] === call.operation && call.body.includes(about)
      ? fault
      : undefined;
/** The same where the role may not list the tags of all node groups, so that each is asked about. */
const untagged = (fault: (call: Call) => Fault | undefined) => (call: Call) =>
  on('GetResources', denied)(call) ?? fault(call);
const gapsOf = ({ gaps = [] }: Report) =>
  gaps.map(({ subject, operation, reason }) => `${subject}: ${operation}: ${reason}`);
const reasonsOf = ({ silent }: Report) => silent.map(({ reason }) => reason);
/** The clusters whose full tables somebody was told of. */
const toldOf = (digest: Digest | undefined) =>
  digest?.transitions
    .filter(({ finding }) => finding.rule === 'table-pressure')
    .map(({ finding }) => finding.cluster)
    .sort();
const everyCluster = ['dev', 'prod', 'test'];

describe('an audit of which one thing fails', () => {
  it('is complete where nothing does', async () => {
    const { report, digest, status } = await audit(() => undefined);
    expect(report.nodes).toEqual({ discovered: 6, read: 6, silent: 0 });
    expect(report.gaps).toBeUndefined();
    expect(toldOf(digest)).toEqual(everyCluster);
    expect(status).toBe(1);
  });

  it.each<[string, (call: Call) => Fault | undefined, string[]]>([
    [
      'a cluster',
      on('GET /clusters/prod', denied),
      ['cluster prod: eks:DescribeCluster: not-permitted'],
    ],
    [
      'a cluster, with an answer that is no JSON',
      on('GET /clusters/prod', { status: 200, body: '<html>' }),
      ['cluster prod: eks:DescribeCluster: failed'],
    ],
    [
      'a cluster, with an answer that is empty',
      on('GET /clusters/prod', { status: 200, body: '{}' }),
      ['cluster prod: eks:DescribeCluster: failed'],
    ],
    [
      'an add-on',
      on('GET /clusters/prod/addons/kube-proxy', denied),
      ['kube-proxy add-on of prod: eks:DescribeAddon: not-permitted'],
    ],
    [
      'node groups',
      untagged(on('GET /clusters/prod/node-groups', denied)),
      ['node groups of prod: eks:ListNodegroups: not-permitted'],
    ],
    [
      'the tags of one node group',
      untagged(on('GET /clusters/prod/node-groups/web', denied)),
      ['node group web of prod: eks:DescribeNodegroup: not-permitted'],
    ],
    [
      'instance types',
      on('DescribeInstanceTypes', ec2Refusal('UnauthorizedOperation', 'no')),
      ['sizes of m5: ec2:DescribeInstanceTypes: not-permitted'],
    ],
    [
      'who can be asked',
      on('DescribeInstanceInformation', denied),
      ['which nodes can be asked: ssm:DescribeInstanceInformation: not-permitted'],
    ],
    [
      'the list of answers',
      on('ListCommandInvocations', denied),
      ['answers of nodes: ssm:ListCommandInvocations: not-permitted'],
    ],
  ])('reads every node where it may not know %s, and says so', async (_, fault, gaps) => {
    const { report, digest, status } = await audit(fault);
    expect(gapsOf(report)).toEqual(gaps);
    expect(report.nodes).toEqual({ discovered: 6, read: 6, silent: 0 });
    expect(toldOf(digest)).toEqual(everyCluster);
    expect(digest?.gaps).toEqual(report.gaps);
    expect(status).toBe(2);
  });

  it('reads the other five where one instance is denied', async () => {
    const message = `not authorized on arn:aws:ec2:us-east-1:000000000000:instance/${victim}`;
    const fault = on('SendCommand', refusal('AccessDeniedException', message), victim);
    const { report, digest, status } = await audit(fault);
    expect(report.nodes).toEqual({ discovered: 6, read: 5, silent: 1 });
    expect(report.silent).toMatchObject([{ instanceId: victim, reason: 'access-denied' }]);
    expect(toldOf(digest)).toEqual(everyCluster);
    expect(status).toBe(2);
  });

  it('has every node silent, with the reason, where no command is taken', async () => {
    const fault = on('SendCommand', refusal('InternalServerError', 'boom', 500));
    const { report, status } = await audit(fault, 3);
    expect(reasonsOf(report)).toEqual(Array(6).fill('not-sent'));
    expect(gapsOf(report)).toEqual(['commands to nodes: ssm:SendCommand: failed']);
    expect(status).toBe(2);
  });

  it('has every node silent, with the reason, where no answer may be read', async () => {
    const { report, status } = await audit(on(/(List|Get)CommandInvocations?/, denied));
    expect(reasonsOf(report)).toEqual(Array(6).fill('access-denied'));
    expect(gapsOf(report)).toEqual([
      'answers of nodes: ssm:ListCommandInvocations: not-permitted',
      'answers of nodes: ssm:GetCommandInvocation: not-permitted',
    ]);
    expect(status).toBe(2);
  });
});

describe('an audit of which one call hangs for ever', () => {
  it.each<[string | RegExp, number, string]>([
    [/GET \/clusters\/\w+/, 6, 'eks:DescribeCluster'],
    ['ListCommands', 6, 'ssm:ListCommands'],
    ['SendCommand', 0, 'ssm:SendCommand'],
    ['ListCommandInvocations', 6, 'ssm:ListCommandInvocations'],
  ])('ends, of %s, with %i nodes read', async (operation, read, called) => {
    const { report, status } = await audit(on(operation, 'hang'), 3);
    expect(report.nodes).toMatchObject({ discovered: 6, read });
    expect(new Set(report.gaps?.map((gap) => `${gap.operation} ${gap.reason}`))).toEqual(
      new Set([`${called} timed-out`]),
    );
    expect(status).toBe(2);
  });
});

describe('an audit that cannot go on', () => {
  it.each<[string, (call: Call) => Fault | undefined, string]>([
    [
      'the list of clusters',
      on('GET /clusters', denied),
      'eks:ListClusters in us-east-1 was refused: not authorized; the role needs eks:ListClusters',
    ],
    [
      'a list of clusters that is one',
      on('GET /clusters', { status: 200, body: '{}' }),
      'eks:ListClusters in us-east-1 failed: the answer has no clusters',
    ],
    [
      'the list of instances',
      on('DescribeInstances', ec2Refusal('UnauthorizedOperation', 'not you')),
      'ec2:DescribeInstances in us-east-1 was refused: not you; the role needs ec2:DescribeInstances',
    ],
    [
      'a list of instances that is one',
      on('DescribeInstances', { status: 200, body: '', type: 'text/xml' }),
      'ec2:DescribeInstances in us-east-1 failed: the answer has no reservationSet',
    ],
    [
      'the document',
      on('SendCommand', refusal('AccessDeniedException', 'no arn:aws:ssm:x:1:document/y')),
      'was refused: no arn:aws:ssm:x:1:document/y; the role needs ssm:SendCommand',
    ],
  ])('says so in one line without %s', async (_, fault, line) => {
    await expect(audit(fault)).rejects.toThrow(line);
  });

  it('says so in time where the list of clusters hangs', async () => {
    await expect(audit(on('GET /clusters', 'hang'), 0.5)).rejects.toThrow(
      'eks:ListClusters in us-east-1 was not answered in time',
    );
  });
});
