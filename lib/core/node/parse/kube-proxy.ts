import { parseKubeProxyVersion } from '../kube-proxy-version.js';
import { present } from '../../text/present.js';
import type { KubeProxy, KubeProxyConfig } from '../snapshot.js';
import { object, whole, word } from './fields.js';

type Answer = Readonly<Record<string, unknown>>;

/** The largest number that kube-proxy's configuration can hold. */
const MAX_INT32 = 2_147_483_647;

/**
 * What the node tells of its kube-proxy. Nothing where its image has no version for a tag: the rule by
 * which it writes the limit is then not known, whatever its configuration says.
 */
export function parseKubeProxy(answer: Answer): KubeProxy | undefined {
  const told = object(answer['kubeProxy']);
  if (told?.['running'] === false) return { version: 'none', source: 'node' };
  const version = parseKubeProxyVersion(word(told?.['tag']) ?? '')?.text;
  if (version === undefined) return undefined;
  return { version, source: 'node', ...parseKubeProxyConfig(answer) };
}

/** The `conntrack` block of the kube-proxy that runs here, for a version that is known from elsewhere too. */
export function parseKubeProxyConfig(answer: Answer): KubeProxyConfig | undefined {
  const told = object(answer['kubeProxy']);
  if (told?.['running'] !== true) return undefined;
  const config = present({
    maxPerCore: whole(told['maxPerCore'], MAX_INT32),
    min: whole(told['min'], MAX_INT32),
  });
  return Object.keys(config).length === 0 ? undefined : config;
}
