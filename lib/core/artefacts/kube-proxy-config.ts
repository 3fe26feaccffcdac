import type { ProxyMode } from '../node/fleet.js';
import type { Artefact } from './artefact.js';

const NAMES = { namespace: 'kube-system', name: 'kube-proxy-config' };

/**
 * Changes values of the conntrack block of kube-proxy's configuration in place, and keeps a backup.
 *
 * The configuration is one text in a ConfigMap, so kubectl cannot patch a value of it. EKS's add-on
 * offers no conntrack values, and kube-proxy ignores flags beside `--config`.
 */
export function kubeProxyConfigScript(
  file: string,
  values: Readonly<Record<string, number | string>>,
): Artefact {
  const [names, texts] = [Object.keys(values), Object.values(values)];
  const text = `#!/bin/sh
# Sets ${names.map((name, at) => `conntrack.${name}: ${texts[at] ?? ''}`).join(', ')} for every kube-proxy of the cluster.
set -eu
backup="kube-proxy-config.$(date +%Y%m%dT%H%M%S).yaml"
kubectl -n ${NAMES.namespace} get configmap ${NAMES.name} -o jsonpath='{.data.config}' >"$backup"
grep -q '^conntrack:' "$backup" || { echo "no conntrack block in $backup: edit it by hand" >&2; exit 1; }
changed=$(mktemp)
awk -v wanted='${Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}' '
  BEGIN { n = split(wanted, pairs, " ") }
  { split($1, key, ":"); inside = /^conntrack:/ ? 1 : (/^[^ ]/ ? 0 : inside) }
  inside && /^ / { for (i = 1; i <= n; i++) { split(pairs[i], pair, "="); if (key[1] == pair[1]) next } }
  { print }
  /^conntrack:/ { for (i = 1; i <= n; i++) { split(pairs[i], pair, "="); print "  " pair[1] ": " pair[2] } }
' "$backup" >"$changed"
kubectl -n ${NAMES.namespace} create configmap ${NAMES.name} --from-file=config="$changed" --dry-run=client -o yaml |
  kubectl -n ${NAMES.namespace} apply -f -
kubectl -n ${NAMES.namespace} rollout restart daemonset kube-proxy
kubectl -n ${NAMES.namespace} rollout status daemonset kube-proxy
rm "$changed"
echo "undo: kubectl -n ${NAMES.namespace} create configmap ${NAMES.name} --from-file=config=$backup --dry-run=client -o yaml | kubectl apply -f - && kubectl -n ${NAMES.namespace} rollout restart daemonset kube-proxy"
`;
  return {
    file,
    kind: 'bash',
    text,
    explains: [
      'kube-proxy writes the limit when it starts, so what lasts goes through its configuration.',
      'It holds for every node of the cluster, and restarts kube-proxy: established connections stay.',
      'An update of the EKS add-on may put its own configuration back; the next audit will tell.',
      'The script keeps a backup and ends with the line that undoes it.',
    ],
  };
}

/** The whole ConfigMap with EKS's defaults and this conntrack block, for those who keep it in Git. */
export function kubeProxyConfigMap(min: number, proxyMode: ProxyMode): Artefact {
  const config = [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'kind: KubeProxyConfiguration',
    'bindAddress: 0.0.0.0',
    'clientConnection:',
    '  kubeconfig: /var/lib/kube-proxy/kubeconfig',
    'conntrack:',
    '  maxPerCore: 32768',
    `  min: ${min}`,
    '  tcpCloseWaitTimeout: 1h0m0s',
    '  tcpEstablishedTimeout: 24h0m0s',
    `mode: ${proxyMode}`,
    '',
  ].join('\n');
  return {
    file: 'kube-proxy-config.yaml',
    kind: 'kubernetes',
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: NAMES, data: { config } }],
    explains: [
      'For clusters whose ConfigMap lives in Git: compare it with yours, and take over the conntrack block only.',
      'Applied as it is, it replaces every other setting of kube-proxy with the defaults of EKS.',
      'Restart after it: kubectl -n kube-system rollout restart daemonset kube-proxy',
      'Undo: apply the ConfigMap that you had, and restart again.',
    ],
  };
}
