import { describe, expect, it } from 'vitest';
import { run } from '../../../lib/cli/program.js';
import { limitAnswer, type LimitForm } from '../../../lib/core/render/limit-answer.js';
import { aTerminal } from '../../support/a-terminal.js';

const empty: LimitForm = {
  type: '',
  vcpus: '',
  memoryGib: '',
  kubeProxy: '',
  kernel: '',
  os: '',
  maxPerCore: '',
  min: '',
};

async function cli(...args: string[]) {
  const { terminal, out } = aTerminal();
  await run(['limit', ...args, '--json'], terminal);
  return out();
}

describe('the answer to a form', () => {
  it('is what limit prints for a type', async () => {
    const form = { ...empty, type: 't3.xlarge', kubeProxy: '1.31' };
    expect(limitAnswer(form)).toEqual({ json: await cli('t3.xlarge', '--kube-proxy', '1.31') });
  });

  it('is what limit prints for every field at once', async () => {
    const form: LimitForm = {
      type: '',
      vcpus: '96',
      memoryGib: '0.5',
      kubeProxy: 'v1.36.2-eksbuild.1',
      kernel: '5.10.1',
      os: 'bottlerocket',
      maxPerCore: '0',
      min: '2147483647',
    };
    const args = ['--vcpus', '96', '--memory-gib', '0.5', '--kube-proxy', 'v1.36.2-eksbuild.1'];
    args.push('--kernel', '5.10.1', '--os', 'bottlerocket');
    args.push('--max-per-core', '0', '--min', '2147483647');
    expect(limitAnswer(form)).toEqual({ json: await cli(...args) });
  });

  it.each([
    [{ vcpus: '0', memoryGib: '4' }, 'vcpus', "from 1 to 8192, got '0'"],
    [{ vcpus: '8193', memoryGib: '4' }, 'vcpus', "got '8193'"],
    [{ vcpus: '2', memoryGib: '-4' }, 'memory-gib', "got '-4'"],
    [{ type: 't3.xlarge', kubeProxy: 'banana' }, 'kube-proxy', "got 'banana'"],
    [{ type: 't3.xlarge', kernel: 'six' }, 'kernel', "got 'six'"],
    [{ type: 't3.xlarge', os: 'windows' }, 'os', "got 'windows'"],
    [{ type: 't3.xlarge', maxPerCore: '2147483648' }, 'max-per-core', "got '2147483648'"],
    [{ type: 't3.xlarge', min: '1.5' }, 'min', "got '1.5'"],
  ])('names the field that is wrong in %j', (form, field, error) => {
    const answer = limitAnswer({ ...empty, ...form });
    expect(answer).toMatchObject({ field, error: expect.stringContaining(error) as string });
  });

  it.each([
    [{}, 'give an instance type'],
    [{ type: 't3.xlarge', vcpus: '4' }, 'not a mixture'],
    [{ type: 't3.xlrage' }, 'did you mean t3.xlarge'],
  ])('says what is wrong with %j as a whole', (form, error) => {
    const answer = limitAnswer({ ...empty, ...form });
    expect(answer).toMatchObject({
      field: undefined,
      error: expect.stringContaining(error) as string,
    });
  });
});
