import { parseKubeProxyVersion } from '../kube-proxy-version.js';
import type { KubeProxy, KubeProxyConfig } from '../snapshot.js';
import { object, word } from './fields.js';

type Answer = Readonly<Record<string, unknown>>;

/**
 * What the node tells of its kube-proxy. Nothing where its image has no version for a tag: the rule by
 * which it writes the limit is then not known, whatever its configuration says.
 */
export function parseKubeProxy(
  answer: Answer,
  config: KubeProxyConfig | undefined,
): KubeProxy | undefined {
  const told = object(answer['kubeProxy']);
  if (told?.['running'] === false) return { version: 'none', source: 'node' };
  const version = parseKubeProxyVersion(word(told?.['tag']) ?? '')?.text;
  if (version === undefined) return undefined;
  return { version, source: 'node', ...config };
}
