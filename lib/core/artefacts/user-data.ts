import type { Artefact } from './artefact.js';

const BOUNDARY = 'conntrack-auditor';

/** Settings without `net.netfilter.` and their values. */
export type Sysctls = Readonly<Record<string, number>>;

/** The shell part of Amazon Linux user data: it runs before kubelet, and so before kube-proxy. */
export function userDataScript(sysctls: Sysctls): string {
  const lines = Object.entries(sysctls).map(([name, value]) => `net.netfilter.${name} = ${value}`);
  return `#!/bin/bash
set -eu
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
export function mimeUserData(sysctls: Sysctls): string {
  return `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="${BOUNDARY}"

--${BOUNDARY}
Content-Type: text/x-shellscript; charset="us-ascii"

${userDataScript(sysctls)}
--${BOUNDARY}--
`;
}

/** Bottlerocket's settings. */
export function bottlerocketToml(sysctls: Sysctls): string {
  const lines = Object.entries(sysctls).map(
    ([name, value]) => `"net.netfilter.${name}" = "${value}"`,
  );
  return `[settings.kernel.sysctl]\n${lines.join('\n')}\n`;
}

const explains = [
  'User data of the launch template of the node group; EKS merges its own part into it.',
  'kube-proxy 1.29 to 1.37 writes its own limit after it: set conntrack.maxPerCore to 0, or conntrack.min, as well.',
  'Undo: take the part out, and roll the nodes.',
  'Proof: the next audit reads the value on new nodes.',
];

/** User data in the form that this operating system takes. */
export function userData(sysctls: Sysctls, os: string): Artefact {
  return os === 'bottlerocket'
    ? { file: 'user-data.toml', kind: 'toml', text: bottlerocketToml(sysctls), explains }
    : { file: 'user-data.mime', kind: 'mime', text: mimeUserData(sysctls), explains };
}

/** The node class of Karpenter with the same user data. */
export function karpenterNodeClass(sysctls: Sysctls, os: string, cluster: string): Artefact {
  const bottlerocket = os === 'bottlerocket';
  const discovered = [{ tags: { 'karpenter.sh/discovery': cluster } }];
  return {
    file: 'ec2-node-class.yaml',
    kind: 'kubernetes',
    objects: [
      {
        apiVersion: 'karpenter.k8s.aws/v1',
        kind: 'EC2NodeClass',
        metadata: { name: 'conntrack' },
        spec: {
          role: '<role of your nodes>',
          amiSelectorTerms: [{ alias: bottlerocket ? 'bottlerocket@latest' : 'al2023@latest' }],
          subnetSelectorTerms: discovered,
          securityGroupSelectorTerms: discovered,
          userData: bottlerocket ? bottlerocketToml(sysctls) : mimeUserData(sysctls),
        },
      },
    ],
    explains: [
      'For nodes of Karpenter: take spec.userData over into the node class that you have.',
      ...explains.slice(1),
    ],
  };
}

/** Gives the hash this many buckets. As a module option the same number would also make the limit 8 times as large. */
export function growHashScript(buckets: number): Artefact {
  return {
    file: 'grow-hash.sh',
    kind: 'bash',
    text: `#!/bin/sh
set -eu
modprobe nf_conntrack
cat /sys/module/nf_conntrack/parameters/hashsize
echo ${buckets} >/sys/module/nf_conntrack/parameters/hashsize
`,
    explains: [
      'On the node now, and in the shell part of its user data for good. It prints the number of buckets before.',
      'Undo: write that number back.',
      'Proof: the next audit reads the buckets.',
    ],
  };
}
