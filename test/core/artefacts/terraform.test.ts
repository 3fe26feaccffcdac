import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import type { Artefact } from '../../../lib/core/artefacts/artefact.js';
import { everyRemedy } from '../../support/every-artefact.js';
import { base64Argument, parseHcl } from '../../support/parse-hcl.js';

/** Each file with its form for Terraform, and all files of its remedy; each text once. */
const pairs = [
  ...new Map(
    everyRemedy.flatMap((files) =>
      files.flatMap((hcl, at) => {
        const sibling = files[at - 1];
        return hcl.kind === 'hcl' && sibling !== undefined
          ? [[artefactText(hcl), { hcl, sibling, files }] as const]
          : [];
      }),
    ),
  ).entries(),
].map(([text, pair]) => ({ text, ...pair }));
const ofSibling = (kind: Artefact['kind']) => {
  const found = pairs.filter(({ sibling }) => sibling.kind === kind);
  expect(
    found.some(({ text }) => text.includes('{x}')),
    'a hostile name is in some',
  ).toBe(true);
  return found;
};

interface Resources {
  readonly resource: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>>;
}

async function blocksOf(text: string, type: string): Promise<object[]> {
  const { resource } = (await parseHcl(text)) as unknown as Resources;
  expect(Object.keys(resource)).toEqual([type]);
  return Object.values(resource[type] ?? {}).flat();
}

describe('the form for Terraform', () => {
  it('is there for what changes a node, a node class or kube-proxy, and not for what is no state to keep', () => {
    const has = (wanted: boolean) =>
      new Set(
        everyRemedy.flatMap((files) =>
          files
            .filter((one, at) => one.kind !== 'hcl' && (files[at + 1]?.kind === 'hcl') === wanted)
            .map(({ file }) => file),
        ),
      );
    expect([...has(true)].sort()).toEqual([
      'ec2-node-class.yaml',
      'leave-limit-alone.sh',
      'node-local-dns.yaml',
      'raise-limit.sh',
      'shorten-timeouts.sh',
      'user-data.mime',
      'user-data.toml',
    ]);
    expect([...has(false)].sort()).toEqual([
      'by-hand.md',
      'conntrack-limit-daemonset.yaml',
      'grow-hash.sh',
      'kube-proxy-config-in-git.md',
      'ndots-patch.yaml',
      'single-request-reopen-patch.yaml',
      'topology-spread-patch.yaml',
      'trailing-dot.md',
      'use-vc-patch.yaml',
    ]);
  });

  it('stands where its sibling does, in a folder of its own, says of whom it takes the place, and how to undo it', () => {
    const folders = pairs.map(({ hcl }) => posix.dirname(hcl.file));
    expect(folders.every((folder) => folder.startsWith('terraform-'))).toBe(true);
    for (const { hcl, sibling, files } of pairs) {
      expect(hcl.place).toBe(sibling.place);
      expect(new Set(files.map(({ file }) => posix.dirname(file))).size).toBe(
        files.filter(({ kind }) => kind === 'hcl').length + 1,
      );
      expect(hcl.explains[0]).toContain(`in place of ${sibling.file}: never both`);
      expect(hcl.explains.join('\n')).toMatch(/^(Undo|Before it is deleted): /m);
    }
  });

  it('gives a launch template the user data of the MIME document, byte for byte', async () => {
    for (const { text, sibling } of ofSibling('mime')) {
      const [template] = await blocksOf(text, 'aws_launch_template');
      expect(template).toMatchObject({ update_default_version: true });
      const userData = await base64Argument((template as { user_data: unknown }).user_data);
      expect(userData).toBe(artefactText(sibling));
    }
  });

  it('gives a launch template of Bottlerocket the same settings', async () => {
    for (const { text, sibling } of ofSibling('toml')) {
      const [template] = await blocksOf(text, 'aws_launch_template');
      const userData = await base64Argument((template as { user_data: unknown }).user_data);
      expect(parseToml(String(userData))).toEqual(parseToml(artefactText(sibling)));
    }
  });

  it('gives Kubernetes the same objects, each under a name of its own', async () => {
    for (const { text, sibling } of ofSibling('kubernetes')) {
      const blocks = await blocksOf(text, 'kubernetes_manifest');
      const found = blocks.map((block) => (block as { manifest: unknown }).manifest);
      if (sibling.kind !== 'kubernetes') throw new Error('it is of Kubernetes');
      expect(found).toHaveLength(sibling.objects.length);
      expect(found).toEqual(expect.arrayContaining([...sibling.objects]));
    }
  });

  it('runs the script beside it where kube-proxy is to be told, and writes no configuration itself', async () => {
    for (const { text, hcl, files } of ofSibling('bash')) {
      const [block] = await blocksOf(text, 'terraform_data');
      const { triggers_replace: trigger, provisioner } = block as {
        triggers_replace: string;
        provisioner: { 'local-exec': { interpreter: string[]; command: string }[] };
      };
      const [{ command, interpreter } = { command: '', interpreter: [] }] =
        provisioner['local-exec'];
      expect(interpreter).toEqual(['sh']);
      expect(trigger).toContain(`filesha256("${command}")`);
      const path = command.replace('${path.module}', posix.dirname(hcl.file));
      const script = files.find(({ file }) => file === posix.normalize(path));
      expect(script).toMatchObject({ kind: 'bash', place: hcl.place });
    }
  });

  it('warns of what the script does, in its own comments', () => {
    for (const { text, sibling } of ofSibling('bash')) {
      for (const line of sibling.explains) {
        if (!line.startsWith('Undo')) expect(text).toContain(line.replace(/\p{Cc}/gu, '?'));
      }
    }
  });
});
