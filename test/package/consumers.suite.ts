import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyApp, pack, root, say, write, type Packed } from './packed.js';

let packed: Packed;
/** A folder with the package, the CDK and the tools of all consumers but the oldest. */
let home: string;

beforeAll(async () => {
  packed = await pack();
  home = await packed.folder({ 'package.json': '{ "private": true }' });
  const tools = ['typescript@~7.0.2', 'tsx@^4.23.0', '@types/node@^24', 'vite@^8'];
  const jest = ['jest@^30', '@types/jest@^30', '@swc/jest@^0.2.39', '@swc/core@^1.15.0'];
  const cdk = ['aws-cdk@2.1148.1', 'aws-cdk-lib@2.276.0', 'constructs@^10.5.0'];
  await say(home, 'npm', 'install', ...quiet, packed.tarball, ...cdk, ...tools, ...jest);
});

afterAll(() => packed.remove());

const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/** An app beside the installed packages, as it lies in `apps/`. */
async function app(name: string): Promise<string> {
  const folder = join(home, name);
  await copyApp(name, folder);
  return folder;
}

/** What `cdk synth` makes of an app: the types of its resources. */
async function synthesised(folder: string, command: string): Promise<string[]> {
  const cdk = join(home, 'node_modules', '.bin', 'cdk');
  const { stdout } = await say(folder, cdk, 'synth', '--json', '--app', command);
  const { Resources } = JSON.parse(stdout) as { Resources: Record<string, { Type: string }> };
  return Object.values(Resources).map(({ Type }) => Type);
}

const audits = expect.arrayContaining(['AWS::Lambda::Function', 'AWS::SSM::Document']) as string[];

describe('a CDK app that installs the package', () => {
  it('is what cdk init makes, and its own jest test synthesises the construct', async () => {
    const shop = join(home, 'shop');
    await mkdir(shop);
    const cdk = join(home, 'node_modules', '.bin', 'cdk');
    await say(shop, cdk, 'init', 'app', '--language', 'typescript', '--generate-only');
    // Its tsconfig.json looks for types in a folder of its own.
    await symlink(join(home, 'node_modules'), join(shop, 'node_modules'));
    const stack = await readFile(join(shop, 'lib', 'shop-stack.ts'), 'utf8');
    await write(shop, {
      'lib/shop-stack.ts': stack
        .replace(/^/, "import { ConntrackAuditor } from 'eks-conntrack-auditor';\n")
        .replace(
          '// example resource',
          "new ConntrackAuditor(this, 'Conntrack', { email: ['platform@example.com'] });",
        ),
      'test/shop.test.ts': `
        import * as cdk from 'aws-cdk-lib/core';
        import { Template } from 'aws-cdk-lib/assertions';
        import * as Shop from '../lib/shop-stack';
        test('audits', () => {
          const stack = new Shop.ShopStack(new cdk.App(), 'MyTestStack');
          Template.fromStack(stack).resourceCountIs('AWS::SSM::Document', 1);
        });`,
    });
    const { stderr } = await say(shop, join(home, 'node_modules', '.bin', 'jest'));
    expect(stderr).toMatch(/Tests: +1 passed, 1 total/);
    await say(shop, join(home, 'node_modules', '.bin', 'tsc'));
    expect(await synthesised(shop, 'npx tsx bin/shop.ts')).toEqual(audits);
  });

  it('is a CommonJS app of 2023 with ts-node and its TypeScript', async () => {
    const folder = await packed.folder();
    await copyApp('ts-node-2023', folder);
    await say(folder, 'npm', 'install', ...quiet, packed.tarball);
    await say(folder, 'npx', 'tsc', '--noEmit');
    expect(await synthesised(folder, 'npx ts-node --prefer-ts-exts bin/app.ts')).toEqual(audits);
  });

  it('is of NodeNext, with types that hold without skipLibCheck', async () => {
    const folder = await app('nodenext');
    await say(folder, join(home, 'node_modules', '.bin', 'tsc'));
    expect(await synthesised(folder, 'node built/app.js')).toEqual(audits);
  });

  it('is bundled by Vite', async () => {
    const folder = await app('vite');
    await say(folder, join(home, 'node_modules', '.bin', 'vite'), 'build', '--logLevel', 'error');
    expect(await synthesised(folder, 'node built/app.mjs')).toEqual(audits);
  });

  it.each(['cjs', 'mjs'])('is plain JavaScript, .%s', async (ending) => {
    const folder = await app('plain').catch(() => join(home, 'plain'));
    expect(await synthesised(folder, `node app.${ending}`)).toEqual(audits);
  });
});

describe('the package', () => {
  it.each([
    ['publint', ['--strict']],
    ['attw', ['--pack', '.']],
  ])('is clean by %s', async (tool, args) => {
    await expect(
      say(root, join(root, 'node_modules', '.bin', tool), ...args),
    ).resolves.toBeDefined();
  });
});
