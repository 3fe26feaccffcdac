import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack, say, write, type Packed } from './packed.js';

/** Bytes of an install without the CDK. */
const MOST = 15 * 2 ** 20;

let packed: Packed;

beforeAll(async () => {
  packed = await pack();
});

afterAll(() => packed.remove());

async function bytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile());
  const sizes = files.map(async (one) => (await stat(join(one.parentPath, one.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe.each(['20', '22', '24'])('an install on Node %s', (node) => {
  let folder: string;
  let said: string;

  beforeAll(async () => {
    folder = await packed.folder({ 'package.json': '{ "private": true }' });
    const install = `npm install --no-audit --no-fund ${packed.tarball}`;
    const { stdout, stderr } = await on(folder, install);
    said = stdout + stderr;
  });

  const on = (cwd: string, command: string) =>
    say(cwd, 'npx', '--yes', '--package', `node@${node}`, '--call', command);

  it('brings one package of at most 15 MB, and warns of nothing', async () => {
    expect(said).toMatch(/added 1 package/);
    expect(said).not.toMatch(/warn|deprecat/i);
    expect(await bytesOf(join(folder, 'node_modules'))).toBeLessThan(MOST);
  });

  it('runs demo, report and limit by its command', async () => {
    const command = join('node_modules', '.bin', 'conntrack-auditor');
    const demo = await on(folder, `${command} demo`);
    expect(demo.stdout).toMatch(/^conntrack audit: \d+ critical/);
    const [, run = ''] = /saved in (\S+);/.exec(demo.stderr) ?? [];
    // The run has findings: exit status 1, which npx takes for a failure.
    const report = await on(folder, `${command} report --from ${run} --json || test $? -le 2`);
    expect(JSON.parse(report.stdout)).toMatchObject({ schemaVersion: 1 });
    const limit = await on(folder, `${command} limit t3.xlarge`);
    expect(limit.stdout).toContain('262,144');
  });

  it('answers agents', async () => {
    const clientInfo = { name: 'test', version: '1' };
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    const hello = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    await write(folder, { 'hello.json': `${hello}\n` });
    const command = join('node_modules', '.bin', 'conntrack-auditor');
    const { stdout } = await on(folder, `${command} mcp --demo < hello.json`);
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { capabilities: { tools: {} } } });
  });

  it('explains a rule and a remedy with their pages', async () => {
    const command = join('node_modules', '.bin', 'conntrack-auditor');
    const { stdout } = await on(
      folder,
      `${command} explain table-pressure && ${command} explain raise-limit`,
    );
    expect(stdout).toContain('table-pressure');
  });
});

describe('the tarball', () => {
  /** A file of it. */
  async function read(name: string): Promise<string> {
    const { stdout } = await say('/', 'tar', '-xzOf', packed.tarball, `package/${name}`);
    return stdout;
  }

  it('has every document that its README links to', async () => {
    const readme = await read('README.md');
    const links = [...readme.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
      ([, link]) => link,
    );
    const { stdout } = await say('/', 'tar', '-tzf', packed.tarball);
    const files = stdout.split('\n');
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !files.includes(`package/${link}`))).toEqual([]);
  });

  it('has the licence of everything in its bundles, and a bill of materials of the same', async () => {
    const notices = (await read('dist/THIRD-PARTY-NOTICES.txt')).match(/^\S+ \d\S* \(.+\)$/gm);
    const sbom = JSON.parse(await read('dist/sbom.cdx.json')) as {
      bomFormat: string;
      components: { name: string; version: string; licenses: unknown[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    const named = sbom.components.map(({ name, version }) => `${name} ${version}`);
    expect(named).toEqual(
      expect.arrayContaining([expect.stringMatching(/^@aws-sdk\/client-ssm /)]),
    );
    expect(notices?.map((one) => one.replace(/ \(.*/, '')).sort()).toEqual(named.sort());
    expect(sbom.components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  });

  it('is run by npx, without an install', async () => {
    const folder = await packed.folder();
    const npx = ['--yes', '--package', packed.tarball, 'conntrack-auditor'];
    const { stdout } = await say(folder, 'npx', ...npx, 'limit', 't3.xlarge');
    expect(stdout).toContain('262,144');
  });
});
