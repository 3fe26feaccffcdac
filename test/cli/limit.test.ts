import { CommanderError } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { limitCommand } from '../../lib/cli/limit.js';

/** What the command prints when it is called as a person would call it. */
async function limit(line: string): Promise<string> {
  const written: string[] = [];
  const command = limitCommand((text) => written.push(text))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync(line === '' ? [] : line.split(' '), { from: 'user' });
  return written.join('');
}

async function refusal(line: string): Promise<{ message: string; exitCode: number }> {
  const error: unknown = await limit(line).catch((reason: unknown) => reason);
  if (error instanceof CommanderError) return error;
  throw new Error(`the command accepted '${line}'`);
}

const json = async (line: string): Promise<unknown> => JSON.parse(await limit(`${line} --json`));

describe('limit', () => {
  it('prints the number first, then why, what binds and what would move it', async () => {
    expect(await limit('t3.xlarge --kube-proxy 1.31')).toBe(
      `131,072 entries: the limit of t3.xlarge (4 vCPU, 16 GiB) on al2023 under kube-proxy 1.31

Why      kube-proxy 1.31 computes 131,072, the larger of its min 131,072 and 32,768 x 4 vCPU = 131,072, and writes it even though that lowers the limit from the kernel default of 262,144 for about 14.9 GiB of usable memory.
Binds    the vCPU count times conntrack.maxPerCore (kube-proxy-cores)
Moves    8 vCPU would give 262,144.
         More memory would leave it at 131,072.
         A conntrack.min above 131,072 in the kube-proxy-config ConfigMap raises it when kube-proxy restarts; a sysctl on the node (net.netfilter.nf_conntrack_max) lasts only until kube-proxy starts again, unless conntrack.maxPerCore is 0.
Upgrade  1.36: a patch release may already only raise the limit, and then keeps 262,144 (https://github.com/kubernetes/kubernetes/pull/142035).
         grows with 1.38: 131,072 becomes 262,144, as kube-proxy only raises the limit and keeps the 262,144 of the boot.
Assumed  kernel 6.1 (--kernel)
         usable memory of 93% of what EC2 sells
`,
    );
  });

  it('prints the same as JSON', async () => {
    expect(await json('t3.xlarge --kube-proxy 1.36')).toMatchObject({
      instanceType: 't3.xlarge',
      vcpus: 4,
      memoryGiB: 16,
      kernel: '6.18',
      kernelDefault: 262_144,
      kubeProxyTarget: 131_072,
      expected: 131_072,
      orElse: 262_144,
      boundBy: 'kube-proxy-cores',
      era: '1.36-1.37',
    });
  });

  it('keeps every key of its JSON where kube-proxy does not run', async () => {
    expect(await json('t3.xlarge --kube-proxy none')).toMatchObject({
      kubeProxyTarget: null,
      expected: 262_144,
      boundBy: 'kernel',
      era: 'none',
    });
    expect(await limit('t3.xlarge --kube-proxy none')).toMatch(/on al2023 without kube-proxy\n/);
  });

  it('takes a size in place of a type', async () => {
    const size = '--vcpus 2 --memory-gib 0.5 --os al2 --kube-proxy none';
    expect(await json(size)).toMatchObject({ vcpus: 2, memoryGiB: 0.5, expected: 16_384 });
    expect(await limit(size)).toMatch(/^16,384 entries: the limit of a node with 2 vCPU, 0.5 GiB/);
  });

  it('names what it assumed, and only that', async () => {
    expect(await limit('t3.xlarge')).toContain('kube-proxy 1.35 (--kube-proxy)');
    expect(await limit('t3.xlarge')).toContain('kernel 6.12 (--kernel)');
    const given = await limit('t3.xlarge --kube-proxy 1.31 --kernel 6.1.2');
    expect(given).not.toMatch(/--kube-proxy|--kernel/);
  });

  it.each([
    ['m5.24xlarge --kube-proxy 1.36 --min 2000000', 1_048_576],
    ['m5.2xlarge --kube-proxy 1.36 --min 2000000', 2_000_000],
    ['m5.2xlarge --max-per-core 65535 --min 655350', 655_350],
    ['t3.xlarge --max-per-core 0', 262_144],
    ['t3.xlarge --os bottlerocket --kube-proxy 1.28', 1_048_576],
    ['t3.xlarge --os ubuntu --kube-proxy v1.28.4-eksbuild.1', 262_144],
  ])('predicts %s', async (line, expected) => {
    expect(await json(line)).toMatchObject({ expected });
  });

  it.each([
    ['', 'give an instance type, or both --vcpus and --memory-gib'],
    ['--vcpus 4', 'give an instance type, or both --vcpus and --memory-gib'],
    ['--memory-gib 4', 'give an instance type, or both --vcpus and --memory-gib'],
    ['t3.large --vcpus 4', 'or both --vcpus and --memory-gib, not a mixture'],
    ['m5.xlrge', "unknown instance type 'm5.xlrge'; did you mean m5.xlarge"],
    ['banana', "unknown instance type 'banana'\n"],
  ])("fails with 3 when called as 'limit %s'", async (line, message) => {
    const error = await refusal(line);
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(3);
  });

  it.each([
    ['--vcpus 0 --memory-gib 4', "should be a whole number from 1 to 8192, got '0'"],
    ['--vcpus 8193 --memory-gib 4', "should be a whole number from 1 to 8192, got '8193'"],
    ['--vcpus 1e3 --memory-gib 4', "should be a whole number from 1 to 8192, got '1e3'"],
    ['--vcpus 2 --memory-gib 0', "should be memory in GiB above 0, such as 0.5 or 16, got '0'"],
    ['--vcpus 2 --memory-gib -4', "should be memory in GiB above 0, such as 0.5 or 16, got '-4'"],
    [
      't3.large --kube-proxy banana',
      "should be a version of Kubernetes 1, such as 1.31 or 1.31.2, or none, got 'banana'",
    ],
    [
      't3.large --kernel linux',
      "should begin with major.minor as uname -r does, such as 6.1, got 'linux'",
    ],
    ['t3.large --os suse', 'Allowed choices are al2, al2023, bottlerocket, ubuntu, other.'],
    [
      't3.large --min 2147483648',
      "should be a whole number from 0 to 2147483647, got '2147483648'",
    ],
    ['t3.large --max-per-core -1', "should be a whole number from 0 to 2147483647, got '-1'"],
  ])(
    "fails when called as 'limit %s', naming the value and what is allowed",
    async (line, text) => {
      expect((await refusal(line)).message).toContain(text);
    },
  );

  it.each([
    ['--vcpus 1 --memory-gib 0.001', 1],
    ['--vcpus 8192 --memory-gib 99999', 8_192],
  ])('accepts the bounds of %s', async (line, vcpus) => {
    expect(await json(line)).toMatchObject({ vcpus });
  });

  it('follows the limit to the minor that is asked for, and says why it changes', async () => {
    const text = await limit('m5.24xlarge --kube-proxy 1.35 --upgrade-to 1.36');
    expect(text).toContain('Upgrade  to 1.36: 3,145,728 -> 1,048,576\n');
    expect(text).toContain('1.36: 3,145,728 becomes 1,048,576, as kube-proxy cuts');
    expect(await limit('t2.medium --kube-proxy 1.31 --upgrade-to 1.33')).toContain(
      'Upgrade  to 1.33: 131,072 -> 131,072, unchanged\n',
    );
    const { upgrades } = (await json('t3.xlarge --kube-proxy 1.28 --upgrade-to 1.29')) as {
      upgrades: unknown[];
    };
    expect(upgrades).toMatchObject([{ version: '1.29', expected: 131_072, change: 'shrinks' }]);
  });

  it.each(['1.35', '1.34'])('refuses an upgrade from 1.35 to %s', async (minor) => {
    const { message, exitCode } = await refusal(`m5.large --kube-proxy 1.35 --upgrade-to ${minor}`);
    expect(message).toContain(`--upgrade-to should be a minor after kube-proxy 1.35, got ${minor}`);
    expect(exitCode).toBe(3);
  });

  it('shows upgrades up to 1.99, and refuses a minor beyond', async () => {
    expect(await limit('m5.large --upgrade-to 1.99')).toContain('1.99');
    const { message } = await refusal('m5.large --upgrade-to 1.100');
    expect(message).toContain("such as 1.36, got '1.100'");
  });

  it('shows other types beside the one that is asked about', async () => {
    const text = await limit('t3.xlarge --kube-proxy 1.31 --compare t3.2xlarge,r5.xlarge');
    expect(text).toMatch(/Compare {2}t3\.xlarge .* 131,072 {2}kube-proxy-cores\n/);
    expect(text).toMatch(/ {9}t3\.2xlarge .* 262,144 {2}kube-proxy-cores\n/);
    expect(text).toMatch(/ {9}r5\.xlarge .* 32 GiB {5}131,072 {2}kube-proxy-cores\n/);
    expect(await json('t3.xlarge --compare r5.xlarge')).toMatchObject({
      compared: [{ instanceType: 'r5.xlarge', expected: 131_072 }],
    });
  });

  it('refuses to compare with a type that nobody knows', async () => {
    expect((await refusal('t3.xlarge --compare t3.2xlarge,t3.hug')).message).toContain("'t3.hug'");
  });
});
