import { describe, expect, it } from 'vitest';
import { kubeProxyConfigCommand } from '../../lib/cli/kube-proxy-config.js';
import { EKS_CONFIG } from '../support/kube-proxy-configurations.js';
import { aTerminal } from '../support/a-terminal.js';

const configMap = (config: string) => JSON.stringify({ kind: 'ConfigMap', data: { config } });

/** Runs the command on what kubectl printed. */
async function edit(printed: string, ...args: string[]) {
  const { terminal, out, notes } = aTerminal();
  let status = 0;
  const finish = (code: number) => {
    status = code;
  };
  const command = kubeProxyConfigCommand(terminal, finish, () => Promise.resolve(printed));
  command.exitOverride().configureOutput({ writeOut: terminal.write, writeErr: terminal.note });
  await command.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
    status = 3;
    expect(error).toBeInstanceOf(Error);
  });
  return { status, out: out(), notes: notes() };
}

const set = ['--set', 'conntrack.min=524288'];
const changed = EKS_CONFIG.replace('131072', '524288');

describe('kube-proxy-config', () => {
  it('prints a patch that replaces only what was read, and the one that takes it back', async () => {
    const { status, out } = await edit(configMap(EKS_CONFIG), ...set);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual([
      { op: 'test', path: '/data/config', value: EKS_CONFIG },
      { op: 'replace', path: '/data/config', value: changed },
    ]);
    const undo = await edit(configMap(EKS_CONFIG), ...set, '--print', 'undo');
    expect(JSON.parse(undo.out)).toEqual([
      { op: 'test', path: '/data/config', value: changed },
      { op: 'replace', path: '/data/config', value: EKS_CONFIG },
    ]);
  });

  it('prints the configuration before and after', async () => {
    const before = await edit(configMap(EKS_CONFIG), ...set, '--print', 'before');
    expect(before.out).toBe(`${EKS_CONFIG}\n`);
    const after = await edit(configMap(EKS_CONFIG), ...set, '--print', 'after');
    expect(after.out).toBe(`${changed}\n`);
  });

  it('checks whether every value is there', async () => {
    expect(await edit(configMap(changed), ...set, '--check')).toEqual({
      status: 0,
      out: '',
      notes: '',
    });
    const both = [...set, '--set', 'conntrack.maxPerCore=0', '--check'];
    expect(await edit(configMap(changed), ...both)).toEqual({
      status: 1,
      out: '',
      notes: 'error: the ConfigMap does not hold conntrack.min=524288 and conntrack.maxPerCore=0\n',
    });
  });

  it.each([
    ['no JSON', 'apiVersion: v1', 'got no JSON'],
    ['a list', '[]', "its kind should be ConfigMap, got 'undefined'"],
    ['a word', '"a"', "should be a ConfigMap as JSON, got 'a'"],
    ['another object', '{"kind":"Secret"}', "its kind should be ConfigMap, got 'Secret'"],
    ['another key', '{"kind":"ConfigMap","data":{"config.conf":"a"}}', 'it holds: config.conf'],
    ['no data', '{"kind":"ConfigMap"}', 'it holds: nothing'],
    ['a configuration with a tab', configMap('conntrack:\n\tmin: 1'), 'a tab'],
  ])('refuses %s with one line, and prints nothing', async (_what, printed, said) => {
    const { status, out, notes } = await edit(printed, ...set);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(notes).toContain(said);
    expect(notes.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['conntrack.max=1', 'should be one of conntrack.maxPerCore=...'],
    ['min=1', 'should be one of'],
    ['conntrack.constructor=1', 'should be one of'],
    ['conntrack.min=-1', 'conntrack.min should be a whole number from 0 to 2147483647, got'],
    ['conntrack.min=2147483648', 'should be a whole number'],
    ['conntrack.min=010', 'should be a whole number'],
    ['conntrack.udpTimeout=10', 'should be a duration such as 90s or 1h30m, got'],
    ['conntrack.tcpBeLiberal=yes', 'should be true or false'],
  ])('does not set %s', async (wanted, said) => {
    const { status, out, notes } = await edit(configMap(EKS_CONFIG), '--set', wanted);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(said);
  });

  it('sets the largest number, a duration and a word, and nothing twice', async () => {
    const wanted = [
      'conntrack.min=2147483647',
      'conntrack.udpTimeout=10s',
      'conntrack.tcpBeLiberal=true',
    ];
    const args = wanted.flatMap((one) => ['--set', one]);
    const { out } = await edit(
      configMap('kind: KubeProxyConfiguration\n'),
      ...args,
      '--print',
      'after',
    );
    expect(out).toContain(
      'conntrack:\n  min: 2147483647\n  udpTimeout: 10s\n  tcpBeLiberal: true\n',
    );
    expect((await edit(configMap(EKS_CONFIG), ...set, ...set)).notes).toContain('is set twice');
    expect((await edit(configMap(EKS_CONFIG))).status).toBe(3);
  });
});
