import type { ArtefactContext } from './artefact.js';

/** Values of the conntrack block by their name: `min`. */
export type ConntrackValues = Readonly<Record<string, number | string>>;

/** The arguments by which `kube-proxy-config` is told these values. */
export function settings(values: ConntrackValues): string[] {
  return Object.entries(values).map(([name, value]) => `conntrack.${name}=${value}`);
}

/** One word of a shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w.:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

type Where = Pick<ArtefactContext, 'cluster' | 'region' | 'program'>;

/**
 * The text of a script that changes the conntrack block of kube-proxy's configuration, restarts kube-proxy
 * and takes the change back where anything fails. The edit itself is made by this program, which knows YAML.
 *
 * The patch names what was read, so that nothing is written over what somebody else changed meanwhile.
 */
export function kubeProxyScript(values: ConntrackValues, where: Where): string {
  const set = settings(values);
  return `#!/bin/sh
# Sets ${set.join(' and ')} for every kube-proxy of the cluster.
# What makes the edit may be chosen: CONNTRACK_AUDITOR='node dist/bin/conntrack-auditor.js'
set -eu

${rightCluster(where)}
kube() { kubectl --context "$context" -n kube-system "$@"; }
auditor() {
  sh -c "\${CONNTRACK_AUDITOR:-${where.program}} kube-proxy-config ${set.map((one) => `--set ${one}`).join(' ')} \\"\\$@\\"" auditor "$@"
}
${TAKE_BACK}
${PREPARE}
trap take_back EXIT
trap 'exit 1' HUP INT TERM
kube patch configmap kube-proxy-config --type=json --patch-file "$folder/patch.json"
kube get configmap kube-proxy-config -o json >"$folder/read-back.json"
auditor --check <"$folder/read-back.json"
kube rollout restart daemonset kube-proxy
kube rollout status daemonset kube-proxy --timeout=15m
trap - EXIT HUP INT TERM
echo "done: every kube-proxy of the cluster runs with ${set.join(' and ')}"
`;
}

/** Ends the script unless kubectl points at the cluster; its context is kept, whoever switches meanwhile. */
function rightCluster({ cluster, region }: Where): string {
  const name = quoted(cluster);
  const where = region === undefined ? '*' : quoted(region);
  return `wanted=${name}
context=$(kubectl config current-context)
found=$(kubectl --context "$context" config view --minify -o 'jsonpath={.clusters[0].name}')
case $found in
  ${name} | arn:*:eks:${where}:*:cluster/${name} | ${name}.${where}.eksctl.io) ;;
  "\${CLUSTER_IS:-/}") ;;
  *)
    echo "this is for the cluster '$wanted', and the context '$context' is of '$found': nothing is changed" >&2
    echo "where that is the same cluster: CLUSTER_IS='$found' sh $0" >&2
    exit 1
    ;;
esac
`;
}

/** What runs on any failure after the first change. */
const TAKE_BACK = `take_back() {
  trap - EXIT HUP INT TERM
  echo "this failed; the change is taken back" >&2
  if ! kube patch configmap kube-proxy-config --type=json --patch-file "$folder/undo.json"; then
    echo "the ConfigMap is not as this script would have left it, and stays as it is; what it was: $folder/before.json" >&2
  elif kube rollout restart daemonset kube-proxy &&
    kube rollout status daemonset kube-proxy --timeout=15m; then
    echo "it is taken back, and kube-proxy runs with what it had" >&2
  else
    echo "the ConfigMap is as it was; kube-proxy does not run everywhere yet" >&2
  fi
  exit 1
}
`;

/** Makes the patch, shows what it changes, and says how to undo it before anything is changed. */
const PREPARE = `folder=kube-proxy-config.$(date +%Y%m%dT%H%M%S)
mkdir "$folder"
kube get configmap kube-proxy-config -o json >"$folder/before.json"
for what in before after patch undo; do
  auditor --print "$what" <"$folder/before.json" >"$folder/$what"
done
mv "$folder/patch" "$folder/patch.json"
mv "$folder/undo" "$folder/undo.json"
restart="kubectl --context '$context' -n kube-system rollout restart daemonset kube-proxy"
if auditor --check <"$folder/before.json" 2>/dev/null; then
  echo "the ConfigMap holds this already, and nothing is changed; where a node does not follow it: $restart"
  exit 0
fi
diff -u "$folder/before" "$folder/after" || true
echo "undo: kubectl --context '$context' -n kube-system patch configmap kube-proxy-config --type=json --patch-file '$PWD/$folder/undo.json' && $restart"
`;
