import type { Profile } from '../adapters/service-profiles.js';
import { near } from '../core/text/near.js';

/** Where credentials come from, as far as people chose it. */
export interface CredentialSource {
  /** `--profile`, else AWS_PROFILE. */
  readonly profile?: string | undefined;
  /** Whether keys stand in the environment. A profile that is named goes before them. */
  readonly hasKeys: boolean;
  readonly profiles: readonly Profile[];
}

/** What is wrong with credentials, and the next command. */
export interface CredentialAdvice {
  readonly says: string;
  readonly next: string;
}

/** Errors of a sign-in that ended. */
const ENDED =
  /expired|ExpiredToken|RequestExpired|TokenProviderError|token .*invalid|not found or is invalid/i;

/** What an error about credentials means, and which command helps. */
export function credentialAdvice(error: Error, source: CredentialSource): CredentialAdvice {
  const { profile, hasKeys, profiles } = source;
  const name = profile ?? 'default';
  const known = profiles.find((one) => one.name === name);
  const fromKeys = profile === undefined && hasKeys;
  if (profile !== undefined && known === undefined) return noProfile(profile, profiles);
  const who = fromKeys ? 'the keys of the environment' : `profile '${name}'`;
  const line = (error.message.split('\n')[0] ?? '').trim();
  const detail = line === '' ? error.name : line;
  if (!fromKeys && known === undefined) {
    return {
      says: `there are no credentials: no keys in the environment, and no profile '${name}'`,
      next: 'aws configure sso, or name a profile with --profile',
    };
  }
  const hasEnded = ENDED.test(`${error.name} ${error.message}`);
  const says = hasEnded
    ? `the credentials of ${who} have expired: ${detail}`
    : `the credentials of ${who} are refused: ${detail}`;
  return {
    says,
    next: fromKeys ? 'export new keys, or name a profile with --profile' : signIn(name, known),
  };
}

function noProfile(profile: string, profiles: readonly Profile[]): CredentialAdvice {
  const names = profiles.map(({ name }) => name);
  const [meant] = near(profile, names);
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return {
    says: `there is no profile '${profile}' in the files of the AWS CLI${hint}`,
    next:
      meant === undefined
        ? `aws configure sso --profile ${word(profile)}`
        : `--profile ${word(meant)}`,
  };
}

/** The command that signs a profile in. */
function signIn(name: string, profile: Profile | undefined): string {
  const named = name === 'default' ? '' : ` --profile ${word(name)}`;
  switch (profile?.signsIn) {
    case 'sso':
      return `aws sso login${named}`;
    case 'login':
      return `aws login${named}`;
    default:
      return `aws sts get-caller-identity${named}, which says the same until the profile has credentials that hold`;
  }
}

/** A word of a shell: what needs quotes has them. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
