import type {
  Addon,
  Cluster as DescribedCluster,
  KubernetesNetworkConfigResponse,
} from '@aws-sdk/client-eks';
import { parseDocument } from 'yaml';
import { proxyModes, type Cluster, type ProxyMode } from '../core/node/fleet.js';
import { present } from '../core/text/present.js';

/** What the description of a cluster says. */
export function factsOfCluster({
  version,
  kubernetesNetworkConfig,
}: DescribedCluster): Pick<Cluster, 'version' | 'dnsAddress' | 'ipFamily'> {
  return present({ version, ...networkOf(kubernetesNetworkConfig ?? {}) });
}

/** What the description of the kube-proxy add-on says. */
export function factsOfAddon({
  addonVersion,
  configurationValues,
}: Addon): Pick<Cluster, 'kubeProxyVersion' | 'proxyMode'> {
  return present({
    kubeProxyVersion: upstreamVersion(addonVersion),
    proxyMode: proxyMode(configurationValues),
  });
}

/** `v1.31.2-eksbuild.3` -> `1.31.2`; nothing for a version of another form. */
function upstreamVersion(addonVersion: string | undefined): string | undefined {
  return /^v?(\d+\.\d+\.\d+)(?:-|$)/.exec(addonVersion ?? '')?.[1];
}

/**
 * The address that EKS gives to the cluster's DNS service, the tenth of its services: `10.100.0.10` of
 * `10.100.0.0/16`, `fd30:1c53:5f8a::a` of `fd30:1c53:5f8a::/108`.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/api/net.go
 */
function networkOf({
  serviceIpv4Cidr,
  serviceIpv6Cidr,
  ipFamily,
}: KubernetesNetworkConfigResponse): Pick<Cluster, 'dnsAddress' | 'ipFamily'> {
  const [, of4] = /^(\d+\.\d+\.\d+\.)\d+\/\d+$/.exec(serviceIpv4Cidr ?? '') ?? [];
  const [, of6] = /^([\da-f:]+::)\/\d+$/i.exec(serviceIpv6Cidr ?? '') ?? [];
  const isIpv6 = ipFamily === undefined ? of4 === undefined : ipFamily === 'ipv6';
  return present({ dnsAddress: isIpv6 ? of6 && `${of6}a` : of4 && `${of4}10`, ipFamily });
}

/** The mode that the add-on was configured with, in JSON or YAML. Nothing where it says none. */
function proxyMode(configurationValues = ''): ProxyMode | undefined {
  // EKS keeps values that fit a schema; anchors fit as well, and nobody needs them there.
  const document = parseDocument(configurationValues, { logLevel: 'silent' });
  const isSound = document.errors.length === 0 && !/[&*]/.test(configurationValues);
  const values: unknown = isSound ? document.toJS() : undefined;
  const mode: unknown =
    typeof values === 'object' && values !== null && 'mode' in values ? values.mode : undefined;
  return proxyModes.find((known) => known === mode);
}
