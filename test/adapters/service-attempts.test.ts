import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceAttempts } from '../../lib/adapters/service-attempts.js';
import { Failure } from '../../lib/adapters/service-error.js';

let clock: number;
let calls: number;
let attempts: ServiceAttempts;

beforeEach(() => {
  clock = 0;
  calls = 0;
  attempts = new ServiceAttempts(40, () => clock);
});

/** A call that takes so many seconds and ends so. */
function taking(seconds: number, error?: Error) {
  return () => {
    calls += 1;
    clock += seconds;
    return error === undefined ? Promise.resolve('answer') : Promise.reject(error);
  };
}

const named = (name: string, rest = {}) => Object.assign(new Error(`says ${name}`), { name }, rest);
const hangs = taking(39, named('TimeoutError'));
const refused = taking(0, named('AccessDeniedException'));

describe('ServiceAttempts', () => {
  it('gives the answer', async () => {
    expect(await attempts.attempt('a:B', taking(1))).toBe('answer');
  });

  it('gives the reason and the words of a failure', async () => {
    expect(await attempts.attempt('a:B', refused)).toEqual(
      new Failure('a:B', 'not-permitted', 'says AccessDeniedException'),
    );
  });

  it('gives nothing for what does not exist, which is no failure', async () => {
    const missing = named('ResourceNotFoundException', { $metadata: { httpStatusCode: 404 } });
    expect(await attempts.attempt('a:B', taking(50, missing))).toBeUndefined();
    expect(await attempts.attempt('a:B', taking(0))).toBe('answer');
  });

  it('asks no more for an operation whose failures took as long as one call may', async () => {
    await attempts.attempt('a:B', hangs);
    expect(await attempts.attempt('a:B', hangs)).toBeInstanceOf(Failure);
    expect(calls).toBe(2);
    expect(await attempts.attempt('a:B', taking(0))).toMatchObject({ reason: 'timed-out' });
    expect(calls).toBe(2);
    expect(await attempts.attempt('a:C', taking(0))).toBe('answer');
  });

  it('begins to count anew with an answer', async () => {
    await attempts.attempt('a:B', hangs);
    await attempts.attempt('a:B', taking(1));
    await attempts.attempt('a:B', hangs);
    expect(await attempts.attempt('a:B', taking(1))).toBe('answer');
  });

  it('asks on where refusals cost no time', async () => {
    for (let at = 0; at < 1_000; at += 1) await attempts.attempt('a:B', refused);
    expect(calls).toBe(1_000);
  });

  it('fails where the credentials do', async () => {
    const error = named('ExpiredTokenException');
    await expect(attempts.attempt('a:B', taking(0, error))).rejects.toBe(error);
  });
});
