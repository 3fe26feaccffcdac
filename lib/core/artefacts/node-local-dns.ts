import type { Artefact, ArtefactContext } from './artefact.js';

/** The address on which the cache listens on each node; link-local, and the one that upstream uses. */
const LOCAL_ADDRESS = '169.254.20.10';
/** The image of upstream's manifest when this was written. */
const IMAGE = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.4';
const NAMESPACE = 'kube-system';
const labels = { 'k8s-app': 'node-local-dns' };

type DnsContext = Pick<ArtefactContext, 'dnsAddress' | 'domain' | 'proxyMode'>;

/**
 * NodeLocal DNSCache for this cluster.
 *
 * With iptables the cache also listens on the address of kube-dns, so pods need no change. With ipvs
 * that address belongs to a device of kube-proxy: the cache has its own only, and kubelet must name it.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns
 */
export function nodeLocalDns(context: DnsContext): Artefact {
  const ipvs = context.proxyMode === 'ipvs';
  return {
    file: 'node-local-dns.yaml',
    kind: 'kubernetes',
    objects: [
      serviceAccount,
      upstreamService,
      corefile(context),
      daemonSet(context),
      metricsService,
    ],
    explains: [
      `Made for the DNS address ${context.dnsAddress}, the domain ${context.domain} and kube-proxy in ${context.proxyMode} mode.`,
      ...(ipvs
        ? [
            `With ipvs pods use the cache only where kubelet says so: clusterDNS: [${LOCAL_ADDRESS}], on new nodes.`,
          ]
        : ['Pods need no change: the cache answers on the address that they ask.']),
      'Not for EKS Auto Mode, which has it, nor for security groups for pods in strict mode.',
      'Undo: kubectl delete -f node-local-dns.yaml (the cache takes its rules away as it ends).',
      'Proof: the next audit reads fewer entries; on a node, iptables-save -t raw names NodeLocal DNS Cache.',
    ],
  };
}

const serviceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'node-local-dns', namespace: NAMESPACE },
};

/** CoreDNS under a second address, as the cache takes the first for itself. */
const upstreamService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns-upstream', namespace: NAMESPACE, labels: { 'k8s-app': 'kube-dns' } },
  spec: {
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    ],
  },
};

/** Headless: it only lets Prometheus find the pods. */
const metricsService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'node-local-dns', namespace: NAMESPACE, labels },
  spec: {
    clusterIP: 'None',
    selector: labels,
    ports: [{ name: 'metrics', port: 9253, targetPort: 9253 }],
  },
};

function addresses({ dnsAddress, proxyMode }: DnsContext): string[] {
  return proxyMode === 'ipvs' ? [LOCAL_ADDRESS] : [LOCAL_ADDRESS, dnsAddress];
}

function corefile(context: DnsContext): object {
  const bind = addresses(context).join(' ');
  // The image fills these two in: the address of kube-dns-upstream, and the servers of the node.
  const inside = '__PILLAR__CLUSTER__DNS__';
  const outside = '__PILLAR__UPSTREAM__SERVERS__';
  const zone = (name: string, body: readonly string[]) => [
    `${name}:53 {`,
    '    errors',
    ...body.map((line) => `    ${line}`),
    '    prometheus :9253',
    '}',
  ];
  const forward = [`bind ${bind}`, `forward . ${inside} {`, '    force_tcp', '}'];
  const common = ['reload', 'loop'];
  const text = [
    ...zone(context.domain, [
      'cache {',
      '    success 9984 30',
      '    denial 9984 5',
      '}',
      ...common,
      ...forward,
      `health ${LOCAL_ADDRESS}:8080`,
    ]),
    ...zone('in-addr.arpa', ['cache 30', ...common, ...forward]),
    ...zone('ip6.arpa', ['cache 30', ...common, ...forward]),
    ...zone('.', ['cache 30', ...common, `bind ${bind}`, `forward . ${outside}`]),
    '',
  ].join('\n');
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'node-local-dns', namespace: NAMESPACE },
    data: { Corefile: text },
  };
}

function daemonSet(context: DnsContext): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'node-local-dns', namespace: NAMESPACE, labels },
    spec: {
      updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'node-local-dns',
          hostNetwork: true,
          // The cache must not ask itself.
          dnsPolicy: 'Default',
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { effect: 'NoExecute', operator: 'Exists' },
            { effect: 'NoSchedule', operator: 'Exists' },
          ],
          containers: [container(context)],
          volumes: [
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
            { name: 'kube-dns-config', configMap: { name: 'kube-dns', optional: true } },
            {
              name: 'config-volume',
              configMap: {
                name: 'node-local-dns',
                items: [{ key: 'Corefile', path: 'Corefile.base' }],
              },
            },
          ],
        },
      },
    },
  };
}

function container(context: DnsContext): object {
  return {
    name: 'node-cache',
    image: IMAGE,
    args: [
      ...['-localip', addresses(context).join(',')],
      ...['-conf', '/etc/Corefile'],
      ...['-upstreamsvc', 'kube-dns-upstream'],
      ...['-pidfile', '/tmp/node-cache.pid'],
    ],
    resources: { requests: { cpu: '25m', memory: '5Mi' } },
    // Its address, its device and its NOTRACK rules ask for it.
    securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    ports: [
      { containerPort: 53, name: 'dns', protocol: 'UDP' },
      { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
      { containerPort: 9253, name: 'metrics', protocol: 'TCP' },
    ],
    livenessProbe: {
      httpGet: { host: LOCAL_ADDRESS, path: '/health', port: 8080 },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
    },
    volumeMounts: [
      { mountPath: '/run/xtables.lock', name: 'xtables-lock', readOnly: false },
      { mountPath: '/etc/coredns', name: 'config-volume' },
      { mountPath: '/etc/kube-dns', name: 'kube-dns-config' },
    ],
  };
}
