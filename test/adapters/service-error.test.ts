import { describe, expect, it } from 'vitest';
import {
  endedBy,
  failureOf,
  isUnknownHost,
  listed,
  needed,
  ServiceError,
} from '../../lib/adapters/service-error.js';

const error = (name: string, status?: number, message = 'no') =>
  Object.assign(new Error(message), {
    name,
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
  });

describe('failureOf', () => {
  it.each([
    ['AccessDeniedException', 400, 'not-permitted'],
    ['UnauthorizedOperation', 403, 'not-permitted'],
    ['AccessDenied', 403, 'not-permitted'],
    ['Forbidden', 403, 'not-permitted'],
    ['ThrottlingException', 400, 'throttled'],
    ['RequestLimitExceeded', 503, 'throttled'],
    ['SlowDown', 503, 'throttled'],
    ['Unknown', 429, 'throttled'],
    ['TimeoutError', undefined, 'timed-out'],
    ['AbortError', undefined, 'timed-out'],
    ['InternalServerError', 500, 'failed'],
    ['SyntaxError', 200, 'failed'],
    ['ValidationException', 400, 'failed'],
  ])('says of %s with HTTP status %s: %s', (name, status, reason) => {
    expect(failureOf('a:B', error(name, status)).reason).toBe(reason);
  });

  it.each(['ExpiredTokenException', 'CredentialsProviderError', 'AuthFailure'])(
    'leaves %s as it is, for every call meets it',
    (name) => {
      const thrown = error(name, 403);
      expect(() => failureOf('a:B', thrown)).toThrow(thrown);
    },
  );

  it.each([
    ['one line\nfor programmers', 'one line'],
    ['@smithy/node-http-handler - [ERROR] a request took long', 'a request took long'],
    ['a\u001b[31mb\u202e', 'a?[31mb?'],
    ['', 'Odd'],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
  ])('keeps of %j what a person can read', (message, detail) => {
    expect(failureOf('a:B', error('Odd', 500, message)).detail).toBe(detail);
  });
});

describe('needed', () => {
  const of = (thrown: Error) => needed('eks:ListClusters', 'in eu-west-1', Promise.reject(thrown));

  it('gives the answer', async () => {
    expect(await needed('a:B', 'in c', Promise.resolve(1))).toBe(1);
  });

  it.each([
    [
      'AccessDenied',
      'eks:ListClusters in eu-west-1 was refused: no; the role needs eks:ListClusters',
    ],
    ['Throttling', 'eks:ListClusters in eu-west-1 was throttled at each try: no'],
    ['TimeoutError', 'eks:ListClusters in eu-west-1 was not answered in time: no'],
    ['ServerException', 'eks:ListClusters in eu-west-1 failed: no'],
  ])('fails after %s in one line that names operation, subject and reason', async (name, line) => {
    await expect(of(error(name))).rejects.toMatchObject({ name: 'ServiceError', message: line });
  });

  it('keeps the line of credentials that have expired', async () => {
    const expired = error('ExpiredToken', 403, 'The security token is expired');
    await expect(of(expired)).rejects.toBe(expired);
  });

  it('keeps what it was caused by', () => {
    const cause = error('Odd');
    const failure = failureOf('a:B', cause);
    expect(endedBy(failure, 'of c', cause)).toMatchObject({ cause, failure });
  });
});

describe('an unknown host', () => {
  const coded = (code: string) => Object.assign(new Error('getaddrinfo'), { code });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('is told by %s, of an error or of its cause', (code) => {
    expect(isUnknownHost(coded(code))).toBe(true);
    expect(isUnknownHost(new ServiceError('line', { cause: coded(code) }))).toBe(true);
  });

  it.each([coded('ECONNREFUSED'), new Error('no'), 'text'])('is not told by %s', (other) => {
    expect(isUnknownHost(other)).toBe(false);
  });
});

describe('listed', () => {
  it('takes an empty list for one, and none for a broken answer', () => {
    expect(listed([], 'clusters')).toEqual([]);
    expect(() => listed(undefined, 'clusters')).toThrow('the answer has no clusters');
  });
});
