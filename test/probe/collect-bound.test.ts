import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editedFixture, expectedAnswer, fixture, runProbe } from '../support/probe.js';
import { installTools } from '../support/probe-tools.js';
import type { ProbeRun } from '../support/probe.js';

const BUSY = 'amazon-linux-2023-busy';

interface BusyAnswer extends Answer {
  readonly list: {
    readonly holders: unknown[][];
    readonly ports: unknown[];
    readonly ages?: unknown;
  };
  readonly kubeProxy: unknown;
  readonly ena: unknown;
  readonly later: unknown;
}

interface Answer {
  readonly stat?: Record<string, number>;
  readonly timeouts?: Record<string, number>;
}

let scratch: string;
let bin: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'probe-bound-test-'));
  bin = await installTools(join(scratch, 'bin'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

function answerOf({ stdout }: ProbeRun): Answer {
  return JSON.parse(stdout.toString()) as Answer;
}

describe('the bound of 2,400 bytes', () => {
  const path = 'proc/net/stat/nf_conntrack';
  const base = 'entries drop';

  /** The answer with as many unknown columns as make its full form `bytes` long. */
  async function padded(bytes: number): Promise<ProbeRun> {
    const withColumns = async (columns: readonly string[]): Promise<ProbeRun> => {
      const header = [base, ...columns].join(' ');
      const row = ['1', '1', ...columns.map(() => '0')].join(' ');
      const tree = await editedFixture(scratch, 'amazon-linux-2-linux-5.10', {
        [path]: `${header}\n${row}\n`,
      });
      return runProbe(tree, { path: [bin] });
    };
    // A column costs its name and the five bytes of `,"":0`.
    let missing = bytes - (await withColumns([])).stdout.length;
    const columns: string[] = [];
    for (; missing > 85; missing -= 45) columns.push(`c${columns.length}`.padEnd(40, 'x'));
    columns.push('z'.repeat(missing - 5));
    return withColumns(columns);
  }

  it('keeps everything at exactly 2,400', async () => {
    const run = await padded(2400);
    expect(run.stdout.length).toBe(2400);
    expect(answerOf(run).timeouts).toHaveProperty('icmp_timeout');
  });

  it('drops the timeouts that nobody judges, whole, at 2,401', async () => {
    const run = await padded(2401);
    const { stat, timeouts } = answerOf(run);
    expect(run.stdout.length).toBeLessThan(2400);
    expect(Object.keys(timeouts ?? {})).toEqual([
      'tcp_timeout_established',
      'tcp_timeout_close_wait',
      'tcp_timeout_time_wait',
      'tcp_timeout_syn_sent',
      'tcp_timeout_unacknowledged',
      'udp_timeout',
      'udp_timeout_stream',
      'generic_timeout',
    ]);
    expect(Object.keys(stat ?? {}).some((name) => name.startsWith('zz'))).toBe(true);
  });

  it('drops unknown counters next, and never one that is judged', async () => {
    const { stat, timeouts } = answerOf(await padded(4000));
    expect(stat).toEqual({ drop: 1 });
    expect(timeouts).toHaveProperty('generic_timeout');
  });
});

describe('the bound of 2,400 bytes, with what fills the table', () => {
  /** The busy node, on which six pods with names of this length hold 100 entries each. */
  async function named(length: number): Promise<BusyAnswer> {
    const addresses = [1, 2, 3, 4, 5, 6].map((at) => `10.0.9.${at}`);
    const allocations = addresses.map((ipv4, at) => ({
      containerID: ipv4,
      ipv4,
      metadata: { k8sPodNamespace: 'n'.repeat(20), k8sPodName: `${at}`.padEnd(length, 'p') },
    }));
    const flow = (source: string) =>
      `ipv4     2 udp      17 29 src=${source} dst=10.8.0.1 sport=1 dport=9000 src=10.8.0.1 dst=${source} sport=9000 dport=1 mark=0 use=1\n`;
    const list = await readFile(join(fixture(BUSY), 'conntrack.txt'), 'utf8');
    const tree = await editedFixture(scratch, BUSY, {
      'var/run/aws-node/ipam.json': JSON.stringify({ allocations }),
      'conntrack.txt': list + addresses.map((address) => flow(address).repeat(100)).join(''),
    });
    const run = await runProbe(tree, { path: [bin] });
    expect(run.stdout.length).toBeLessThanOrEqual(2400);
    return answerOf(run) as BusyAnswer;
  }

  it('drops what nobody judges before the names of pods', async () => {
    const { list, stat, timeouts, ena, later } = await named(30);
    const full = (await expectedAnswer(BUSY)) as BusyAnswer;
    expect(list.holders).toHaveLength(6);
    expect(timeouts).not.toHaveProperty('icmp_timeout');
    expect(stat).toHaveProperty('early_drop');
    expect({ ena, later }).toEqual({ ena: full.ena, later: full.later });
  });

  it('drops some holders, and no name in the middle, where names are long', async () => {
    const { list, stat, ena } = await named(100);
    expect(list.holders).toHaveLength(3);
    expect(list.holders[0]).toEqual(['10.0.9.1', 100, `${'n'.repeat(20)}/${'0'.padEnd(100, 'p')}`]);
    expect(list.ports).toHaveLength(3);
    expect(stat).toHaveProperty('insert_failed');
    expect(ena).toHaveProperty('available');
  });

  it('keeps the name of the first holder and the ages, where names are as long as they can be', async () => {
    const { list, kubeProxy } = await named(232);
    expect(list.holders).toHaveLength(1);
    expect(list.ages).toHaveProperty('TIME_WAIT');
    expect(kubeProxy).toHaveProperty('config', expect.stringContaining('maxPerCore'));
  });
});

describe('the bound of 2,400 bytes, with all that is long', () => {
  const CONFIG = 'proc/2386/root/var/lib/kube-proxy-config/config';
  const columns = 'drop early_drop insert_failed chainlength clashres invalid search_restart found';

  /** The busy node with 15 digits in each counter, one pod of the longest name, and a configuration of this length. */
  async function long(
    configuration: number,
    files: Record<string, string> = {},
  ): Promise<BusyAnswer> {
    const pod = { k8sPodNamespace: 'n'.repeat(63), k8sPodName: 'p'.repeat(253) };
    const allocations = [{ containerID: 'x', ipv4: '10.0.1.23', metadata: pod }];
    const word = 'w'.repeat(80);
    const digits = `${columns}\n${'ffffffffff '.repeat(7)}ffffffffff\n`;
    const exceeded = ['bw_in', 'bw_out', 'pps', 'conntrack', 'linklocal'].map(
      (name) => `     ${name}_allowance_exceeded: 999999999999999\n`,
    );
    const tree = await editedFixture(scratch, BUSY, {
      'var/run/aws-node/ipam.json': JSON.stringify({ allocations }),
      'proc/net/stat/nf_conntrack': digits,
      'ethtool-eth0.txt': exceeded.join(''),
      'etc/os-release': `ID=${word}\nVERSION_ID=${word}\n`,
      'proc/sys/kernel/osrelease': `${word}\n`,
      'proc/sys/kernel/random/boot_id': `${word}\n`,
      ...files,
      [CONFIG]: `conntrack:\n  min: 5 \n  x: ${'a'.repeat(configuration - 26)}\n`,
    });
    const run = await runProbe(tree, { path: [bin] });
    expect(run.stdout.length).toBeLessThanOrEqual(2400);
    return answerOf(run) as BusyAnswer;
  }

  it('drops ages next, as a whole', async () => {
    const { list, kubeProxy } = await long(250);
    expect(list).not.toHaveProperty('ages');
    expect(list).not.toHaveProperty('unanswered');
    expect(list.holders[0]).toContain(`${'n'.repeat(63)}/${'p'.repeat(253)}`);
    expect(kubeProxy).toHaveProperty('config', expect.stringContaining('min'));
  });

  it('does not tell the longest configuration then', async () => {
    const { list, kubeProxy } = await long(480, sysctls());
    expect(list.holders).toHaveLength(1);
    expect(kubeProxy).toHaveProperty('config', false);
  });

  /** Sysctls with numbers of 15 digits. */
  function sysctls(): Record<string, string> {
    const names = [
      ...['tcp_timeout_established', 'tcp_timeout_close_wait', 'tcp_timeout_time_wait'],
      ...['tcp_timeout_syn_sent', 'tcp_timeout_unacknowledged', 'udp_timeout'],
      ...['udp_timeout_stream', 'generic_timeout', 'max', 'buckets'],
    ];
    return Object.fromEntries(
      names.map((name) => [`proc/sys/net/netfilter/nf_conntrack_${name}`, '999999999999999']),
    );
  }
});
