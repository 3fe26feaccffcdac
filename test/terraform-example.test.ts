import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConntrackAuditorStack } from '../lib/conntrack-auditor-stack.js';
import { parseHcl } from './support/parse-hcl.js';
import { cdkContext, handlerDirectory } from './support/synth-auditor.js';

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
  readonly Transform?: unknown;
  readonly Resources: Readonly<
    Record<string, { Type: string; Properties?: Record<string, unknown> }>
  >;
}

interface Assets {
  readonly files: Readonly<
    Record<string, { source: { path: string; packaging: string }; destinations: object }>
  >;
}

interface StackBlock {
  readonly name: string;
  readonly capabilities?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly template_body?: string;
}

const source = readFileSync(new URL('../docs/examples/terraform/main.tf', import.meta.url), 'utf8');
let outdir: string;
let templateText: string;
let template: Template;
let assets: Assets;
let stack: StackBlock;

beforeAll(async () => {
  outdir = mkdtempSync(join(tmpdir(), 'terraform-example-'));
  const app = new App({ context: cdkContext, outdir });
  // As bin/app.ts names it, with everything that asks for a capability.
  new ConntrackAuditorStack(app, 'ConntrackAuditor', {
    email: ['a@example.com'],
    handlerDirectory,
  });
  app.synth();
  const read = (file: string) => readFileSync(join(outdir, file), 'utf8');
  templateText = read('ConntrackAuditor.template.json');
  template = JSON.parse(templateText) as Template;
  assets = JSON.parse(read('ConntrackAuditor.assets.json')) as Assets;
  const { resource } = (await parseHcl(source)) as {
    resource: { aws_cloudformation_stack: { conntrack_auditor: [StackBlock] } };
  };
  [stack] = resource.aws_cloudformation_stack.conntrack_auditor;
});

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** What CloudFormation asks for before it makes this. */
function capabilitiesOf({ Resources, Transform }: Template): string[] {
  const iam = Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  const named = iam.some(({ Properties = {} }) =>
    ['RoleName', 'ManagedPolicyName', 'UserName', 'GroupName', 'InstanceProfileName'].some(
      (name) => name in Properties,
    ),
  );
  return [
    ...(iam.length === 0 ? [] : [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']),
    ...(Transform === undefined ? [] : ['CAPABILITY_AUTO_EXPAND']),
  ];
}

describe('the example for Terraform', () => {
  it('gives the capabilities that the template asks for, and no more', () => {
    expect(stack.capabilities).toEqual(capabilitiesOf(template));
  });

  it('gives each parameter that has no default, and none that the template does not have', () => {
    const given = Object.keys(stack.parameters ?? {});
    const all = Object.entries(template.Parameters ?? {});
    const needed = all.flatMap(([name, one]) => (one.Default === undefined ? [name] : []));
    expect(given).toEqual(expect.arrayContaining(needed));
    expect(all.map(([name]) => name)).toEqual(expect.arrayContaining(given));
  });

  it('puts out what the stack puts out', () => {
    const used = [...source.matchAll(/\.outputs\["(\w+)"\]/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(0);
    expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining(used));
  });

  it('uploads the template, as it is too large to be sent with the call', () => {
    expect(templateText.length).toBeGreaterThan(51_200);
    expect(stack.template_body).toBeUndefined();
    expect(source).toContain('"ConntrackAuditor.template.json"');
  });

  it('uploads every asset: each is a folder to pack, or the template', () => {
    const files = Object.values(assets.files);
    const kinds = files.map(({ source: { path, packaging } }) =>
      path === 'ConntrackAuditor.template.json' ? 'template' : packaging,
    );
    expect(kinds.sort()).toEqual(['template', 'zip']);
    for (const { destinations } of files) {
      expect(Object.values(destinations)).toEqual([
        expect.objectContaining({
          bucketName: expect.stringMatching(
            /^cdk-\w+-assets-\$\{AWS::AccountId\}-\$\{AWS::Region\}$/,
          ) as string,
          objectKey: expect.stringMatching(/^[0-9a-f]{64}\.(zip|json)$/) as string,
        }),
      ]);
    }
  });
});
