import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip, gzipSync } from 'node:zlib';
import { create, Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleAt } from '../../lib/adapters/bundle-file.js';
import { bundleFilesOf, hostOfBundle, writeBundle } from '../support/a-bundle.js';

const captured = fileURLToPath(
  new URL('../fixtures/bundles/eks-log-collector-0.7.9', import.meta.url),
);

let scratch: string;
let folder: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'bundle-'));
  folder = join(scratch, 'unpacked');
  await writeBundle(folder, hostOfBundle(await bundleFilesOf(captured)));
});

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

/** One entry of a tar archive, as its format has it: a header, and content in blocks of 512. */
function entry(path: string, content: string | number, type = '0', linkpath = ''): Buffer {
  const size = typeof content === 'number' ? content : content.length;
  const block = Buffer.alloc(512);
  new Header({ path, size, mode: 0o644, type, linkpath } as never).encode(block, 0);
  if (typeof content === 'number') return block;
  return Buffer.concat([block, Buffer.from(content), Buffer.alloc((512 - (size % 512)) % 512)]);
}

const end = Buffer.alloc(1_024);
const settings =
  'net.nf_conntrack_max = 262144\nnet.netfilter.nf_conntrack_max = 262144\nnet.netfilter.nf_conntrack_count = 5\n';
const sound = entry('./sysctls/sysctl_all.txt', settings);

async function archive(name: string, ...parts: readonly Buffer[]): Promise<string> {
  const file = join(scratch, name);
  await writeFile(file, gzipSync(Buffer.concat([...parts, end])));
  return file;
}

describe('a support bundle', () => {
  it('says the same as an archive and as the folder that it was unpacked into', async () => {
    const file = join(scratch, 'eks_i-0123456789abcdef0.tar.gz');
    await create({ gzip: true, file, cwd: folder }, ['.']);
    const [packed, unpacked] = [await readBundleAt(file), await readBundleAt(folder)];
    expect(packed.identity.instanceId).toBe('i-0123456789abcdef0');
    expect(JSON.parse(packed.answer)).toEqual({
      ...(JSON.parse(unpacked.answer) as object),
      bundle: { collector: 'eks-log-collector', takenAt: packed.takenAt },
    });
    expect(Date.now() - Date.parse(packed.takenAt ?? '')).toBeLessThan(60_000);
  });

  it('may be a tar archive that is not packed', async () => {
    const file = join(scratch, 'plain.tar');
    await create({ file, cwd: folder }, ['.']);
    expect((await readBundleAt(file)).identity.cluster).toBe('storefront');
  });
});

describe('a bundle that means harm, or is broken', () => {
  it('whose paths lead outside of it is refused', async () => {
    const file = await archive('paths.tar.gz', sound, entry('../../etc/cron.d/evil', 'x'));
    await expect(readBundleAt(file)).rejects.toThrow(
      `'${file}' names a file outside of itself, '../../etc/cron.d/evil'`,
    );
  });

  it('has its links and devices counted and not followed', async () => {
    const file = await archive(
      'links.tar.gz',
      sound,
      entry('networking/conntrack.txt', 0, '2', '/etc/shadow'),
      entry('system/top.txt', 0, '1', '/etc/shadow'),
      entry('system/ps.txt', 0, '3'),
      entry('kernel/dmesg.current', 0, '6'),
    );
    const { notes, answer } = await readBundleAt(file);
    expect(notes).toEqual(['4 links or devices in it not followed']);
    expect(Object.keys(JSON.parse(answer) as object)).not.toContain('list');
  });

  it('in a folder has its links not followed either', async () => {
    const root = join(scratch, 'linked');
    await writeBundle(root, { 'sysctls/sysctl_all.txt': settings, 'elsewhere.txt': 'secret' });
    await mkdir(join(root, 'system'));
    await symlink(join(root, 'elsewhere.txt'), join(root, 'system/top.txt'));
    await symlink('/', join(root, 'networking'));
    expect((await readBundleAt(root)).notes).toEqual(['2 links or devices in it not followed']);
  });

  it('that unpacks to far more than its size is refused after the first megabytes', async () => {
    const file = join(scratch, 'bomb.tar.gz');
    const zeros = Buffer.alloc(2 ** 20);
    const bytes = function* () {
      yield sound;
      yield entry('var_log/messages', 200 * 2 ** 20);
      for (let at = 0; at < 200; at += 1) yield zeros;
    };
    await pipeline(Readable.from(bytes()), createGzip(), createWriteStream(file));
    await expect(readBundleAt(file)).rejects.toThrow(
      `'${file}' unpacks to more than 200 times its size, which no log does`,
    );
  });

  it('with more files than any collector writes is refused', async () => {
    const one = entry('var_log/a', '');
    const file = await archive('many.tar.gz', sound, ...Array.from({ length: 50_000 }, () => one));
    await expect(readBundleAt(file)).rejects.toThrow('holds more than 50,000 files');
  });

  it('that is cut, or no archive at all, is refused in one line', async () => {
    const whole = join(scratch, 'whole.tar.gz');
    await create({ gzip: true, file: whole, cwd: folder }, ['.']);
    await truncate(whole, 2_000);
    await expect(readBundleAt(whole)).rejects.toThrow(
      `'${whole}' is no whole gzip file: unexpected end of file`,
    );
    const [garbage, empty, twice, tarCut] = ['garbage', 'empty', 'twice', 'tarCut'].map((name) =>
      join(scratch, name),
    ) as [string, string, string, string];
    await writeFile(garbage, Buffer.alloc(5_000, 'garbage '));
    await writeFile(empty, '');
    await writeFile(twice, gzipSync(gzipSync(sound)));
    await writeFile(tarCut, gzipSync(Buffer.concat([sound, entry('system/top.txt', 4_000)])));
    await expect(readBundleAt(garbage)).rejects.toThrow(`'${garbage}' is no`);
    await expect(readBundleAt(empty)).rejects.toThrow(`'${empty}' is empty`);
    await expect(readBundleAt(twice)).rejects.toThrow(`'${twice}' is packed more than once`);
    await expect(readBundleAt(tarCut)).rejects.toThrow(`'${tarCut}' is no whole tar archive`);
  });

  it('with a gigantic line in a file that is read keeps none of it', async () => {
    const line = `tcp 6 100 ESTABLISHED src=${'1'.repeat(3 * 2 ** 20)}`;
    const file = await archive('line.tar.gz', sound, entry('networking/conntrack.txt', line));
    expect(Object.keys(JSON.parse((await readBundleAt(file)).answer) as object)).not.toContain(
      'list',
    );
  });
});
