import type { Artefact, ArtefactContext, Place } from './artefact.js';
import { kubeProxyScript, settings, type ConntrackValues } from './kube-proxy-script.js';

/** A script, and what it is for. */
interface Script {
  readonly file: string;
  readonly place: Place;
  readonly values: ConntrackValues;
  /** Why these values, and what to know before. */
  readonly because?: readonly string[];
}

const lasts = [
  'It holds for every node of the cluster, and restarts kube-proxy: established connections stay.',
  'An update of the EKS add-on may put its own configuration back: aws eks update-addon --resolve-conflicts PRESERVE keeps this one.',
];

/**
 * Changes values of the conntrack block of kube-proxy's configuration.
 *
 * The configuration is one text in a ConfigMap, so kubectl cannot patch a value of it. EKS's add-on
 * offers no conntrack values, and kube-proxy ignores flags beside `--config`.
 */
export function kubeProxyConfigScript(
  { file, place, values, because = [] }: Script,
  context: ArtefactContext,
): Artefact {
  return {
    file,
    place,
    kind: 'bash',
    text: kubeProxyScript(values, context),
    explains: [
      ...because,
      'kube-proxy writes the limit and its timeouts when it starts, so what lasts goes through its configuration.',
      ...lasts,
      'It needs kubectl and Node, stops before it changes anything it does not understand, and restarts nothing before it has read the change back.',
      'Undo: the line that it prints before it begins; it does the same by itself where anything fails.',
    ],
  };
}

/** For those whose ConfigMap lives in Git: the values alone. A whole ConfigMap would replace what else is in it. */
export function kubeProxyConfigInGit(values: ConntrackValues): Artefact {
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value}`);
  return {
    file: 'kube-proxy-config-in-git.md',
    place: 'alternative',
    kind: 'markdown',
    text: `# The conntrack block of kube-proxy, in Git

Where the ConfigMap kube-proxy-config of kube-system is kept in Git, set these values of the text under its
key \`config\`, and leave everything else as it is:

\`\`\`yaml
conntrack:
${lines.join('\n')}
\`\`\`

Once it is applied: \`kubectl -n kube-system rollout restart daemonset kube-proxy\`, and
\`kubectl -n kube-system rollout status daemonset kube-proxy --timeout=15m\`.

${lasts.join('\n')}

Undo: revert the commit, and restart again. Proof: the next audit reads ${settings(values).join(' and ')}.
`,
    explains: [
      'The values alone, for a ConfigMap that is kept in Git; not to be applied as it is.',
      'Undo: revert the commit, and restart kube-proxy again.',
    ],
  };
}
