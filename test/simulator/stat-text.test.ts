import { describe, expect, it } from 'vitest';
import { statText } from '../../lib/simulator/stat-text.js';

function header(kernel: string): string {
  return statText({ kernel, vcpus: 1, entries: 0, counters: {} }).split('\n')[0] ?? '';
}

describe('the text of /proc/net/stat/nf_conntrack', () => {
  it.each([
    ['4.14.355-276.639.amzn2.x86_64', 'searched', 'delete_list'],
    ['5.9.16', 'searched', 'delete_list'],
    ['5.10.245-241.978.amzn2.x86_64', 'clashres', 'delete_list'],
    ['5.14.21', 'clashres', 'delete_list'],
    ['5.15.0-1071-aws', 'clashres', 'chainlength'],
    ['6.1.159-181.297.amzn2023.x86_64', 'clashres', 'chainlength'],
  ])('has the columns of Linux %s', (kernel, second, eighth) => {
    expect(header(kernel)).toBe(
      `entries  ${second} found new invalid ignore delete ${eighth} insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart`,
    );
  });

  it('has a row for each CPU, hexadecimal, with the entries on each', () => {
    const counters = { drop: [255, 1], early_drop: [0, 4096] };
    const text = statText({ kernel: '6.1.0', vcpus: 2, entries: 131072, counters });
    expect(text.split('\n').slice(1)).toEqual([
      '00020000  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 000000ff 00000000 00000000  00000000 00000000 00000000 00000000',
      '00020000  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00001000 00000000  00000000 00000000 00000000 00000000',
      '',
    ]);
  });

  it('starts again from 0 after 32 bits', () => {
    const last = statText({
      kernel: '6.1.0',
      vcpus: 1,
      entries: 0,
      counters: { drop: [2 ** 32 + 7] },
    });
    expect(last).toContain(' 00000007 ');
  });

  it('fails when a counter has no column in this kernel', () => {
    const counters = { chainlength: [1] };
    expect(() => statText({ kernel: '5.10.0', vcpus: 1, entries: 0, counters })).toThrow(
      "Linux 5.10.0 has no counter 'chainlength'",
    );
  });

  it('fails when the kernel release is none', () => {
    expect(() => header('latest')).toThrow(
      "a kernel release should begin with major.minor, got 'latest'",
    );
  });
});
