import type { Artefact, ArtefactContext } from './artefact.js';
import { placement } from './placement.js';

/**
 * The address on which the cache listens on each node. IPv4: link-local, and the one that upstream uses.
 * IPv6: upstream asks for a unique local one and names none; this is the same number in hex. Link-local IPv6
 * would need the name of an interface, and fd00:ec2:: is EC2's own.
 */
const LOCAL = { ipv4: '169.254.20.10', ipv6: 'fd00:a9fe:140a::10' };
/** 1.26 carries critical vulnerabilities. @see https://github.com/kubernetes/dns/issues/754 */
const IMAGE = 'registry.k8s.io/dns/k8s-dns-node-cache:1.27.1';
const NAMESPACE = 'kube-system';
const selector = { 'k8s-app': 'node-local-dns' };
/** Upstream's, but for the one of its add-on manager, which would take away what it does not know. */
const service = { 'kubernetes.io/cluster-service': 'true' };
const scraped = { 'prometheus.io/port': '9253', 'prometheus.io/scrape': 'true' };

type DnsContext = Pick<ArtefactContext, 'dnsAddress' | 'domain' | 'proxyMode'>;

/**
 * NodeLocal DNSCache for this cluster, in the address family of its DNS service: the cache ends where two
 * are mixed.
 *
 * With iptables the cache also listens on the address of kube-dns, so pods need no change. With ipvs
 * that address belongs to a device of kube-proxy: the cache has its own only, and kubelet must name it. That
 * form is right in every mode, and so it is the one for nftables, and for a mode that is not known.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns
 * @see https://github.com/kubernetes/dns/blob/master/cmd/node-cache/main.go
 */
export function nodeLocalDns(context: DnsContext): Artefact {
  const { dnsAddress, domain, proxyMode } = context;
  return {
    file: 'node-local-dns.yaml',
    place: 'recommended',
    kind: 'kubernetes',
    objects: [
      serviceAccount,
      upstreamService,
      corefile(context),
      daemonSet(context),
      metricsService,
    ],
    explains: [
      `Made for the DNS address ${dnsAddress}, the domain ${domain} and ${proxyMode === undefined ? 'a kube-proxy whose mode is not known' : `kube-proxy in ${proxyMode} mode`}.`,
      ...howPodsFindIt(context),
      'Not for EKS Auto Mode, which has it, nor for security groups for pods in strict mode.',
      'Undo: kubectl delete -f node-local-dns.yaml (the cache takes its rules away as it ends).',
      'Proof: the next audit reads fewer entries; on a node, iptables-save -t raw names NodeLocal DNS Cache.',
    ],
  };
}

function howPodsFindIt(context: DnsContext): string[] {
  const { proxyMode } = context;
  if (proxyMode === 'iptables') {
    return ['Pods need no change: the cache answers on the address that they ask.'];
  }
  return [
    ...(proxyMode === 'nftables'
      ? [
          'Not proven in nftables mode (https://github.com/kubernetes/dns/issues/682): try it on one node first.',
        ]
      : []),
    `Pods use the cache only where kubelet says so: clusterDNS: [${localOf(context)}], on new nodes.`,
    ...(proxyMode === undefined
      ? [
          'Where kube-proxy runs iptables, --proxy-mode iptables prints the form in which pods need no change.',
        ]
      : []),
    'Before it is deleted: set clusterDNS back, and roll the nodes; until then their pods ask this address.',
  ];
}

function isIpv6({ dnsAddress }: Pick<DnsContext, 'dnsAddress'>): boolean {
  return dnsAddress.includes(':');
}

function localOf(context: Pick<DnsContext, 'dnsAddress'>): string {
  return isIpv6(context) ? LOCAL.ipv6 : LOCAL.ipv4;
}

const serviceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'node-local-dns', namespace: NAMESPACE, labels: service },
};

/** CoreDNS under a second address, as the cache takes the first for itself. */
const upstreamService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kube-dns-upstream',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'kube-dns', ...service, 'kubernetes.io/name': 'KubeDNSUpstream' },
  },
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
  metadata: {
    name: 'node-local-dns',
    namespace: NAMESPACE,
    labels: selector,
    annotations: scraped,
  },
  spec: {
    clusterIP: 'None',
    selector,
    ports: [{ name: 'metrics', port: 9253, targetPort: 9253 }],
  },
};

function addresses(context: DnsContext): string[] {
  const local = localOf(context);
  return context.proxyMode === 'iptables' ? [local, context.dnsAddress] : [local];
}

/** An address before a port. */
function beforePort(context: DnsContext): string {
  return isIpv6(context) ? `[${localOf(context)}]` : localOf(context);
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
      `health ${beforePort(context)}:8080`,
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
    metadata: { name: 'node-local-dns', namespace: NAMESPACE, labels: { ...selector, ...service } },
    spec: {
      updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: selector, annotations: scraped },
        spec: {
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'node-local-dns',
          hostNetwork: true,
          // The cache must not ask itself.
          dnsPolicy: 'Default',
          ...placement({}),
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
      // kubelet puts the brackets of an IPv6 address itself.
      httpGet: { host: localOf(context), path: '/health', port: 8080 },
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
