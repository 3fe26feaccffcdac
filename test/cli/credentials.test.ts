import { describe, expect, it } from 'vitest';
import { credentialAdvice, type CredentialSource } from '../../lib/cli/credentials.js';

const profiles: CredentialSource['profiles'] = [
  { name: 'default', signsIn: 'sso' },
  { name: 'dev', signsIn: 'sso' },
  { name: 'new', signsIn: 'login' },
  { name: 'staging', signsIn: 'other' },
  { name: 'old one', signsIn: 'other' },
];

function advice(name: string, message: string, source: Partial<CredentialSource> = {}) {
  const error = Object.assign(new Error(message), { name });
  return credentialAdvice(error, { hasKeys: false, profiles, ...source });
}

describe('what is wrong with credentials', () => {
  it.each([
    ['dev', 'aws sso login --profile dev'],
    ['default', 'aws sso login'],
    ['new', 'aws login --profile new'],
  ])('ends in the sign-in of profile %s: %s', (profile, next) => {
    const said = advice('ExpiredTokenException', 'The security token is expired', { profile });
    expect(said).toEqual({
      says: `the credentials of profile '${profile}' have expired: The security token is expired`,
      next,
    });
  });

  it('is that of the default profile where nobody names one', () => {
    expect(advice('TokenProviderError', 'no token')).toEqual({
      says: "the credentials of profile 'default' have expired: no token",
      next: 'aws sso login',
    });
  });

  it('is refused where nothing has expired, and a name with a blank has quotes', () => {
    const said = advice('InvalidClientTokenId', 'not valid\nfor programmers', {
      profile: 'old one',
    });
    expect(said.says).toBe("the credentials of profile 'old one' are refused: not valid");
    expect(said.next).toContain("--profile 'old one'");
  });

  it('is about the keys of the environment where no profile is named', () => {
    const said = advice('ExpiredToken', 'expired', { hasKeys: true });
    expect(said.says).toBe('the credentials of the keys of the environment have expired: expired');
    expect(said.next).toContain('export new keys');
  });

  it('is about the named profile though there are keys', () => {
    const said = advice('ExpiredToken', 'expired', { hasKeys: true, profile: 'dev' });
    expect(said.next).toBe('aws sso login --profile dev');
  });

  it('is that there are none, where there are neither keys nor a profile', () => {
    const said = advice('CredentialsProviderError', 'Could not load credentials', { profiles: [] });
    expect(said.says).toContain('there are no credentials');
    expect(said.next).toContain('aws configure sso');
  });

  it.each([
    ['stagign', 'did you mean staging?', '--profile staging'],
    ['production', 'files of the AWS CLI', 'aws configure sso --profile production'],
  ])('is that no profile has the name %s', (profile, says, next) => {
    const said = advice('CredentialsProviderError', 'Could not resolve', { profile });
    expect(said.says).toContain(says);
    expect(said.next).toBe(next);
  });
});
