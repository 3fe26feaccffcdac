import { oneLine } from '../text/printable.js';
import type { NodeOs } from '../limit/expected-limit.js';
import type { Artefact, ArtefactContext, Place } from './artefact.js';

const BOUNDARY = 'conntrack-auditor';

/** Settings without `net.netfilter.` and their values. */
export type Sysctls = Readonly<Record<string, number>>;

/** Where files of nodes stand, and why, in sentences. */
interface Reason {
  readonly place: Place;
  readonly because: readonly string[];
}

/** The shell part of Amazon Linux user data: it runs before kubelet, and so before kube-proxy. */
export function userDataScript(sysctls: Sysctls, remarks: readonly string[] = []): string {
  const lines = Object.entries(sysctls).map(([name, value]) => `net.netfilter.${name} = ${value}`);
  return `#!/bin/bash
${remarks.map((line) => `# ${oneLine(line)}\n`).join('')}set -eu
# The settings do not exist before the module is loaded, and sysctl would skip them without a word.
modprobe nf_conntrack
echo nf_conntrack >/etc/modules-load.d/conntrack.conf
cat >/etc/sysctl.d/99-conntrack.conf <<'EOF'
${lines.join('\n')}
EOF
sysctl --system
`;
}

/** The same as the MIME document that launch templates of managed node groups take. */
function mimeUserData(sysctls: Sysctls, remarks: readonly string[] = []): string {
  return `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="${BOUNDARY}"

--${BOUNDARY}
Content-Type: text/x-shellscript; charset="us-ascii"

${userDataScript(sysctls, remarks)}
--${BOUNDARY}--
`;
}

/** Bottlerocket's settings. */
function bottlerocketToml(sysctls: Sysctls): string {
  const lines = Object.entries(sysctls).map(
    ([name, value]) => `"net.netfilter.${name}" = "${value}"`,
  );
  return `[settings.kernel.sysctl]\n${lines.join('\n')}\n`;
}

const explains = [
  'kube-proxy 1.29 to 1.37 writes its own limit after it, unless its conntrack.maxPerCore is 0.',
  'Undo: take the part out, and roll the nodes.',
  'Proof: the next audit reads the value on new nodes.',
];

/** User data and the node class of Karpenter: first what the nodes of the finding are made by. */
export function nodeFiles(
  sysctls: Sysctls,
  context: Pick<ArtefactContext, 'os' | 'cluster' | 'nodeGroup'>,
  { place, because }: Reason,
): Artefact[] {
  const kind = context.nodeGroup?.kind;
  const instead = (used: boolean): Place => (used ? place : 'alternative');
  return [
    userData(sysctls, context.os, { place: instead(kind !== 'karpenter'), because }),
    karpenterNodeClass(sysctls, context, { place: instead(kind === 'karpenter'), because }),
  ];
}

/** User data in the form that this operating system takes. */
function userData(sysctls: Sysctls, os: NodeOs, { place, because }: Reason): Artefact {
  const remarks = [
    'User data of the launch template of the node group; EKS merges its own part into it.',
    ...because,
    ...explains,
  ];
  return os === 'bottlerocket'
    ? {
        file: 'user-data.toml',
        place,
        kind: 'toml',
        text: bottlerocketToml(sysctls),
        explains: remarks,
      }
    : {
        file: 'user-data.mime',
        place,
        kind: 'mime',
        text: mimeUserData(sysctls, remarks),
        explains: remarks,
      };
}

/** The families that Karpenter knows by an alias. Others are images of one's own. */
const aliasOf: Readonly<Partial<Record<NodeOs, string>>> = {
  al2: 'al2@latest',
  al2023: 'al2023@latest',
  bottlerocket: 'bottlerocket@latest',
};

/** The image of a node class: of the family that was read, so that no node changes its operating system. */
function images(os: NodeOs) {
  const alias = aliasOf[os];
  return alias === undefined
    ? { amiFamily: 'Custom', amiSelectorTerms: [{ id: '<id of your AMI>' }] }
    : { amiSelectorTerms: [{ alias }] };
}

/** The node class of Karpenter with the same user data. */
function karpenterNodeClass(
  sysctls: Sysctls,
  { os, cluster }: Pick<ArtefactContext, 'os' | 'cluster'>,
  { place, because }: Reason,
): Artefact {
  const discovered = () => [{ tags: { 'karpenter.sh/discovery': cluster } }];
  return {
    file: 'ec2-node-class.yaml',
    place,
    kind: 'kubernetes',
    objects: [
      {
        apiVersion: 'karpenter.k8s.aws/v1',
        kind: 'EC2NodeClass',
        metadata: { name: 'conntrack' },
        spec: {
          role: '<role of your nodes>',
          ...images(os),
          subnetSelectorTerms: discovered(),
          securityGroupSelectorTerms: discovered(),
          userData: os === 'bottlerocket' ? bottlerocketToml(sysctls) : mimeUserData(sysctls),
        },
      },
    ],
    explains: [
      'For nodes of Karpenter: take spec.userData over into the node class that you have.',
      ...(aliasOf[os] === undefined
        ? [
            'With an AMI of your own Karpenter adds nothing: keep what joins the node to the cluster beside this part.',
          ]
        : []),
      ...because,
      ...explains,
    ],
  };
}

/** Gives the hash this many buckets. As a module option the same number would also make the limit 8 times as large. */
export function growHashScript(buckets: number): Artefact {
  return {
    file: 'grow-hash.sh',
    place: 'recommended',
    kind: 'bash',
    text: `#!/bin/sh
set -eu
modprobe nf_conntrack
now=$(cat /sys/module/nf_conntrack/parameters/hashsize)
echo "$now"
[ "$now" -ge ${buckets} ] || echo ${buckets} >/sys/module/nf_conntrack/parameters/hashsize
`,
    explains: [
      'On the node now, and in the shell part of its user data for good. It prints the number of buckets before, and never lowers it.',
      'Undo: write that number back.',
      'Proof: the next audit reads the buckets.',
    ],
  };
}
