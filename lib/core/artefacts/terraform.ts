import { hclText, hclValue, type HclValue } from '../text/hcl.js';
import type { Artefact } from './artefact.js';

/** The form for Terraform of the files that have one, by the name of the file; `undefined` where it is no such kind. */
const forms: Readonly<Record<string, (artefact: Artefact) => Form | undefined>> = {
  'user-data.mime': launchTemplate,
  'user-data.toml': launchTemplate,
  'ec2-node-class.yaml': manifests,
  'node-local-dns.yaml': manifests,
  'raise-limit.sh': runsScript,
  'leave-limit-alone.sh': runsScript,
  'shorten-timeouts.sh': runsScript,
};

interface Form {
  readonly text: string;
  readonly explains: readonly string[];
}

/**
 * The files of an action, each with its form for Terraform after it. Terraform reads a folder as a whole, so
 * each of these has a folder of its own: nobody applies two of them, or one before its time, by applying one.
 */
export function withTerraform(artefacts: readonly Artefact[]): Artefact[] {
  return artefacts.flatMap((artefact) => {
    const form = forms[artefact.file]?.(artefact);
    return form === undefined ? [artefact] : [artefact, terraformFile(artefact, form)];
  });
}

function terraformFile({ file, place }: Artefact, { text, explains }: Form): Artefact {
  return {
    file: `terraform-${file.replace(/\.\w+$/, '')}/main.tf`,
    place,
    kind: 'hcl',
    text,
    explains: [`For those who use Terraform, in place of ${file}: never both.`, ...explains],
  };
}

/** User data as a launch template. Its text is here once more, as a launch template is often in another repository. */
function launchTemplate(artefact: Artefact): Form | undefined {
  if (artefact.kind !== 'mime' && artefact.kind !== 'toml') return undefined;
  return {
    text: `resource "aws_launch_template" "conntrack" {
  name_prefix            = "conntrack-"
  update_default_version = true

  user_data = base64encode(${hclText(artefact.text)}
  )
}
`,
    explains: [
      // A MIME document holds its own sentences, as lines before its first header would be no MIME any more.
      ...(artefact.kind === 'mime' ? [] : withoutUndo(artefact)),
      'Take user_data over into the launch template that your node group has: a group that gets another template is made anew.',
      'A managed node group rolls its nodes once its launch_template.version is the latest_version of this.',
      'Undo: take user_data out again, and apply: the nodes are rolled once more.',
    ],
  };
}

/** Objects of Kubernetes, as the provider hashicorp/kubernetes takes them. */
function manifests(artefact: Artefact): Form | undefined {
  if (artefact.kind !== 'kubernetes') return undefined;
  const objects = artefact.objects as readonly (HclValue & Named)[];
  const blocks = objects.map(
    (object) =>
      `resource "kubernetes_manifest" "${labelOf(object)}" {\n  manifest = ${hclValue(object, '  ')}\n}\n`,
  );
  return {
    text: blocks.join('\n'),
    explains: [
      'The provider hashicorp/kubernetes asks the cluster for its types as it plans: the cluster, and what defines the kind, have to be there first.',
      ...artefact.explains.map((line) =>
        line.replace(/kubectl delete -f \S+/, 'take it out again, and apply'),
      ),
    ],
  };
}

function withoutUndo({ explains }: Artefact): string[] {
  return explains.filter((line) => !line.startsWith('Undo'));
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function labelOf({ kind, metadata }: Named): string {
  return `${kind}_${metadata.name}`.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/**
 * A change of kube-proxy's configuration: Terraform runs the script. Nothing else that Terraform has does it
 * without harm.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2318
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/blob/main/kubernetes/resource_kubernetes_config_map_v1_data.go
 */
function runsScript(artefact: Artefact): Form | undefined {
  if (artefact.kind !== 'bash') return undefined;
  const name = artefact.file.replace(/\.sh$/, '');
  return {
    text: `resource "terraform_data" "kube_proxy_${name.replaceAll('-', '_')}" {
  triggers_replace = filesha256("\${path.module}/../${artefact.file}")

  provisioner "local-exec" {
    interpreter = ["sh"]
    command     = "\${path.module}/../${artefact.file}"
  }
}
`,
    explains: [
      `It runs ${artefact.file} of the folder above, once, and again where that file changes; Terraform 1.4 or later.`,
      ...withoutUndo(artefact),
      'aws_eks_addon cannot do it: the schema of the kube-proxy add-on has no conntrack in its configuration_values (https://github.com/aws/containers-roadmap/issues/2318). Where you have one for kube-proxy, give it resolve_conflicts_on_update = "PRESERVE".',
      'kubernetes_config_map_v1_data must not: it would own the whole configuration of kube-proxy, which is one key, and destroying it takes that key away.',
      'Undo: the line that the script prints before it begins. Destroying this undoes nothing.',
    ],
  };
}
