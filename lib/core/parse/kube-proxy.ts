import { parseKubeProxyVersion } from '../limit/era.js';
import { present } from '../present.js';
import type { KubeProxy } from '../snapshot.js';
import { object, whole, word } from './fields.js';

/** The largest number that kube-proxy's configuration can hold. */
const MAX_INT32 = 2_147_483_647;

/**
 * What the node tells of its kube-proxy. Nothing where its image has no version for a tag: the rule by
 * which it writes the limit is then not known, whatever its configuration says.
 */
export function parseKubeProxy(answer: Readonly<Record<string, unknown>>): KubeProxy | undefined {
  const told = object(answer['kubeProxy']);
  if (told?.['running'] === false) return { version: 'none', source: 'node' };
  const version = parseKubeProxyVersion(word(told?.['tag']) ?? '')?.text;
  if (version === undefined) return undefined;
  return present({
    version,
    source: 'node' as const,
    maxPerCore: whole(told?.['maxPerCore'], MAX_INT32),
    min: whole(told?.['min'], MAX_INT32),
  });
}
