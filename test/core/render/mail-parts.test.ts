import { describe, expect, it } from 'vitest';
import { mailBody } from '../../../lib/core/render/mail.js';
import { aDigest, aTransition } from '../../support/a-digest.js';

const instanceId = 'i-0123456789abcdef0';
const group = { cluster: 'storefront', nodeGroup: 'web', nodes: 3 } as const;

describe('the parts of a mail', () => {
  it('begins with the plan: what each action settles, and the node groups before and after', () => {
    const action = {
      id: 'raise-limit/storefront',
      title: 'Set conntrack.min of kube-proxy to 524,288 in storefront',
      settles: 9,
      nodes: 13,
      findings: ['table-pressure/storefront/web'],
      effects: [
        {
          cluster: 'storefront',
          nodeGroup: 'web',
          before: { usage: 1, bound: 'at least' },
          after: { usage: 0.25, bound: 'at least' },
        },
        { cluster: 'storefront', nodeGroup: 'edge', before: { usage: 0.97 }, after: {} },
      ],
    } as const;
    const fix = { name: 'fix', remedy: 'raise-limit', limit: 524_288 } as const;
    const actions = [
      { ...action, command: fix },
      { ...action, effects: [], step: 'edit the launch template' },
    ];
    const body = mailBody(aDigest(undefined, { plan: { actions, more: 4 } }), 'x');
    expect(body).toContain(`PLAN
  1. Set conntrack.min of kube-proxy to 524,288 in storefront
     settles 9 findings on 13 nodes; web at least 100% -> at least 25%, edge
     97% -> unknown
  2. Set conntrack.min of kube-proxy to 524,288 in storefront
     settles 9 findings on 13 nodes
  and 4 more actions in the whole report

CRITICAL  storefront / web
`);
    expect(body).toContain(`FOR GOOD
  1. x fix raise-limit --limit 524288
  2. edit the launch template
`);
  });

  it('says how to make a limit last that went back, unless the plan does', () => {
    const before = { instanceId: 'i-0a', entries: 76_000, max: 262_144 };
    const lost = aTransition(
      { kind: 'resolved', fixLost: true, before, after: { ...before, max: 131_072 } },
      { remedies: [] },
    );
    const body = mailBody(aDigest([lost]));
    expect(body).toContain('PLAN\n  1. Make the limit of 262,144 last in storefront\n');
    expect(body).toContain('     web 58% -> 29%\n');
    expect(body).toContain('FOR GOOD\n  conntrack-auditor fix raise-limit --limit 262144\n');
    expect(body).not.toMatch(/NOW|MUTE/);
    const action = { title: 'Raise it', settles: 1, nodes: 1, findings: [], effects: [] };
    const plan = { actions: [{ ...action, id: 'raise-limit/storefront' }], more: 0 };
    expect(mailBody(aDigest([lost], { plan }))).not.toContain('Make the limit');
  });

  it('mutes a managed node group by its tags, and everything else by the configuration', () => {
    const bodyOf = (kind: 'managed' | 'karpenter', nodeGroup = 'web') =>
      mailBody(
        aDigest([aTransition({}, { nodeGroup })], { nodeGroups: [{ ...group, nodeGroup, kind }] }),
      );
    expect(bodyOf('managed')).toContain(
      'MUTE table-pressure of storefront / web for 7 days\n  aws eks tag-resource --region us-east-1 --tags conntrack-auditor/silence-until=2026-12-01,conntrack-auditor/silence-reason=known,conntrack-auditor/silence-rule=table-pressure --resource-arn "$(aws eks describe-nodegroup --region us-east-1 --cluster-name storefront --nodegroup-name web --query nodegroup.nodegroupArn --output text)"\n',
    );
    expect(bodyOf('karpenter')).toContain('\n  {"rule":"table-pressure","cluster":"storefront"');
    expect(bodyOf('managed', 'web; reboot')).not.toContain('aws eks');
    expect(bodyOf('managed', '$(reboot)')).not.toContain('aws eks');
  });

  it('mutes a node group as a whole where several rules found something', () => {
    const body = mailBody(aDigest([aTransition(), aTransition({}, { rule: 'hot-node' })]));
    expect(body).toContain('MUTE all of storefront / web for 7 days');
    expect(body).toContain('  {"cluster":"storefront","nodeGroup":"web","until"');
  });

  it('says how to get on a node where flows are in danger, though nothing helps there at once', () => {
    const [node] = aTransition().finding.nodes;
    if (node === undefined) throw new Error('a finding has a node');
    const bodyOf = (severity: 'critical' | 'warning') =>
      mailBody(
        aDigest([aTransition({}, { severity, nodes: [{ ...node, instanceId }], remedies: [] })]),
      );
    expect(bodyOf('critical')).toContain(
      `NOW\n  aws ssm start-session --target ${instanceId} --region us-east-1\n\n`,
    );
    expect(bodyOf('warning')).not.toContain('NOW');
  });

  it('escapes what cannot be shown in the line that mutes, so that it names the same finding', () => {
    const nodeGroup = 'web\u202e\u{1FFFE}\uD83D';
    const body = mailBody(aDigest([aTransition({}, { nodeGroup })]));
    const line = /^ {2}(\{.*\})$/m.exec(body)?.[1] ?? '';
    expect(line).toContain('"web\\u202e\\ud83f\\udffe\\ud83d"');
    expect(JSON.parse(line)).toMatchObject({ nodeGroup });
  });

  it('gives a line to copy whole or not at all: 500 bytes', () => {
    const mute = (length: number) =>
      mailBody(aDigest([aTransition({}, { nodeGroup: 'g'.repeat(length) })]));
    const frame =
      '{"rule":"table-pressure","cluster":"storefront","nodeGroup":"","until":"2026-12-01","reason":"…"}';
    const room = 500 - Buffer.byteLength(frame);
    expect(mute(room)).toContain(`"${'g'.repeat(room)}"`);
    expect(mute(room + 1)).toContain('\n  too long for a message; see the whole report\n');
  });
});
