/** The ConfigMap of a new EKS cluster, as `kubectl -n kube-system get configmap kube-proxy-config` shows it. */
export const EKS_CONFIG = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
clientConnection:
  acceptContentTypes: ""
  burst: 10
  contentType: application/vnd.kubernetes.protobuf
  kubeconfig: /var/lib/kube-proxy/kubeconfig
  qps: 5
clusterCIDR: ""
configSyncPeriod: 15m0s
conntrack:
  maxPerCore: 32768
  min: 131072
  tcpCloseWaitTimeout: 1h0m0s
  tcpEstablishedTimeout: 24h0m0s
enableProfiling: false
iptables:
  masqueradeAll: false
  masqueradeBit: 14
  minSyncPeriod: 0s
  syncPeriod: 30s
kind: KubeProxyConfiguration
metricsBindAddress: 0.0.0.0:10249
mode: "iptables"
nodePortAddresses: null
oomScoreAdj: -998
portRange: ""`;

const head = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

/** Forms that kube-proxy reads and that are to be edited. The first four are of a public case. */
export const editable: Readonly<Record<string, string>> = {
  'two spaces':
    'kind: KubeProxyConfiguration\nconntrack:\n  maxPerCore: 32768\n  min: 131072\nmode: iptables\n',
  'four spaces':
    'kind: KubeProxyConfiguration\nconntrack:\n    maxPerCore: 32768\n    min: 131072\n    tcpCloseWaitTimeout: 1h0m0s\nmode: iptables\n',
  flow: 'kind: KubeProxyConfiguration\nconntrack: {maxPerCore: 32768, min: 131072}\nmode: iptables\n',
  null: 'kind: KubeProxyConfiguration\nconntrack: null\nmode: iptables\n',
  'what EKS ships': EKS_CONFIG,
  'no block': `${head}mode: ipvs\n`,
  'an empty block': `${head}conntrack:\nmode: nftables\n`,
  'an empty block with a remark': `${head}conntrack: # ours\nmode: nftables\n`,
  'an empty map': `${head}conntrack: {}\nmode: ipvs\n`,
  comments: `# of the platform team\n${head}\nconntrack: # see the runbook\n  # half of what a node carries\n  min: 131072 # not less\nmode: "ipvs" # on purpose\n`,
  'quoted keys': `${head}"conntrack":\n  "maxPerCore": 32768\n  'min': 131072\nmode: ipvs\n`,
  'Windows line ends':
    `${head}conntrack:\n  maxPerCore: 32768\n  min: 131072\nmode: ipvs\n`.replaceAll('\n', '\r\n'),
  'a document mark': `---\n${head}conntrack:\n  min: 131072\n`,
  JSON: `${JSON.stringify({ kind: 'KubeProxyConfiguration', conntrack: { min: 131_072 }, mode: 'ipvs' }, null, 2)}\n`,
  'JSON in a line': JSON.stringify({ kind: 'KubeProxyConfiguration', mode: 'ipvs' }),
  'flow over several lines': `${head}conntrack: {\n  maxPerCore: 32768,\n  min: 131072,\n}\nmode: ipvs\n`,
  'lists that are not indented': `${head}nodePortAddresses:\n- 10.0.0.0/8\n- 192.168.0.0/16\nconntrack:\n  min: 1\n`,
  'words that are more to YAML 1.1': `${head}conntrack:\n  min: 1\nfeatureGates:\n  A: on\n  B: "off"\n`,
};

/** Forms that are refused, and what is said of each. */
export const refused: Readonly<Record<string, readonly [config: string, said: string]>> = {
  'a tab': [`${head}conntrack:\n\tmin: 131072\n`, 'a tab'],
  'two documents': [`${head}conntrack:\n  min: 1\n---\n${head}`, '2 documents'],
  'an anchor in the block': [`${head}conntrack: &c\n  min: 1\n`, 'an anchor (&c)'],
  'an anchor on a value': [`${head}conntrack:\n  min: &m 131072\nx: 1\n`, 'an anchor (&m)'],
  'an alias for the block': [`${head}old: &c\n  min: 1\nconntrack: *c\n`, 'an anchor (&c)'],
  'a merged key': [`${head}conntrack:\n  <<: {min: 1}\n`, 'a merged key'],
  'a tag': [`${head}conntrack:\n  min: !!int "1"\n`, 'a tag of YAML'],
  'a key twice': [`${head}conntrack:\n  min: 1\n  min: 2\n`, 'no plain YAML'],
  'the block twice': [
    `${head}conntrack:\n  min: 1\nmode: ""\nconntrack:\n  min: 2\n`,
    'no plain YAML',
  ],
  'a list for the block': [`${head}conntrack:\n  - min: 1\n`, 'should be a mapping'],
  'a word for the block': [`${head}conntrack: default\n`, 'should be a mapping'],
  'another kind': ['kind: KubeletConfiguration\n', "got 'KubeletConfiguration'"],
  'another version': [
    'apiVersion: kubeproxy.config.k8s.io/v1beta1\nkind: KubeProxyConfiguration\n',
    "got 'kubeproxy.config.k8s.io/v1beta1'",
  ],
  'braces that are no JSON': ['{kind: KubeProxyConfiguration, conntrack: {}}', 'no JSON'],
  'broken YAML': [`${head}conntrack:\n  min: [1\n`, 'no plain YAML'],
  nothing: ['', 'empty'],
  'a number that YAML 1.1 reads in eights': [
    `${head}conntrack:\n  maxPerCore: 0100000\n`,
    'by hand',
  ],
  'a directive': [`%YAML 1.1\n---\n${head}`, 'a directive'],
};
