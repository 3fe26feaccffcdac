import type { Artefact } from './artefact.js';

/** A strategic merge patch that gives the pods of a Deployment one resolver option. */
export function dnsConfigPatch(
  option: { readonly name: string; readonly value?: string },
  explains: readonly string[],
): Artefact {
  const file = `${option.name}-patch.yaml`;
  return {
    file,
    kind: 'kubernetes',
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: '<your deployment>', namespace: '<its namespace>' },
        spec: { template: { spec: { dnsConfig: { options: [option] } } } },
      },
    ],
    explains: [
      ...explains,
      `Apply: kubectl -n <its namespace> patch deployment <your deployment> --patch-file ${file}`,
      'Undo: kubectl patch with the option taken out, or kubectl rollout undo deployment.',
    ],
  };
}

/** How to write an absolute name. */
export const trailingDotNote: Artefact = {
  file: 'trailing-dot.md',
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
