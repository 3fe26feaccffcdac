import type { Artefact, ArtefactContext, DnsOption } from './artefact.js';

/**
 * A strategic merge patch that gives the pods of a Deployment one resolver option. Such a patch replaces the
 * whole list of options, so what the pods have already is in it.
 */
export function dnsConfigPatch(
  option: DnsOption,
  { dnsOptions = [] }: Pick<ArtefactContext, 'dnsOptions'>,
  explains: readonly string[],
): Artefact {
  const file = `${option.name}-patch.yaml`;
  const options = [...dnsOptions.filter(({ name }) => name !== option.name), option];
  return {
    file,
    place: 'recommended',
    kind: 'kubernetes',
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: '<your deployment>', namespace: '<its namespace>' },
        spec: { template: { spec: { dnsConfig: { options } } } },
      },
    ],
    explains: [
      ...explains,
      `The patch replaces the list of options by this one: ${options.map(shown).join(', ')}.`,
      `See first what is there: kubectl -n <its namespace> get deployment <your deployment> -o jsonpath='{.spec.template.spec.dnsConfig.options}'; what that prints comes in by --dns-options. What kubelet adds (ndots:5) stays where the list does not name it.`,
      `Apply: kubectl -n <its namespace> patch deployment <your deployment> --patch-file ${file}`,
      'Undo: kubectl rollout undo deployment, or the same patch with the list as it was.',
    ],
  };
}

function shown({ name, value }: DnsOption): string {
  return value === undefined ? name : `${name}:${value}`;
}

/** How to write an absolute name. */
export const trailingDotNote: Artefact = {
  file: 'trailing-dot.md',
  place: 'recommended',
  kind: 'markdown',
  text: `# A trailing dot makes a name absolute

| instead of | write |
| --- | --- |
| \`https://api.example.com/v1\` | \`https://api.example.com./v1\` |
| \`db.example.com:5432\` | \`db.example.com.:5432\` |

Under \`ndots:5\` the first form is looked up with each search domain in turn, A and AAAA for each, before
it is looked up as it is. The second form is looked up once. Some TLS clients compare the name, dot and
all, with the certificate, and some proxies do not know a Host with a dot: try it with yours first.
`,
  explains: [
    'For the few names that your pods ask for most; no restart of anything else is needed.',
    'Undo: take the dot away.',
  ],
};
