import { defaultPolicy, type Policy } from './policy.js';
import { object } from '../node/parse/fields.js';

const shares: readonly (keyof Policy)[] = [
  'warningUsage',
  'criticalUsage',
  'targetUsage',
  'tableMemoryShare',
];

/**
 * The policy that differs from the default in these keys. Fails on a key that no policy has, and on
 * a value that cannot be one: a threshold that is misspelt must not fall back in mute.
 */
export function parsePolicy(text: string): Policy {
  const chosen = object(JSON.parse(text));
  if (chosen === undefined) throw new Error(`a policy should be a JSON object, got ${text}`);
  for (const [key, value] of Object.entries(chosen)) {
    if (!(key in defaultPolicy)) {
      throw new Error(`a policy has no '${key}', only ${Object.keys(defaultPolicy).join(', ')}`);
    }
    const isShare = shares.some((share) => share === key);
    if (typeof value !== 'number' || !(value > 0) || (isShare && value > 1)) {
      const allowed = isShare ? 'a share greater than 0 and at most 1' : 'a number greater than 0';
      throw new Error(`'${key}' should be ${allowed}, got ${String(value)}`);
    }
  }
  return { ...defaultPolicy, ...chosen };
}
