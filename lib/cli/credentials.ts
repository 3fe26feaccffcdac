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
  if (profile === undefined && hasKeys) {
    const says = refusal('the keys of the environment', error);
    return { says, next: 'export new keys, or name a profile with --profile' };
  }
  if (known !== undefined)
    return { says: refusal(`profile '${name}'`, error), next: signIn(known) };
  if (profile !== undefined) return noProfile(profile, profiles);
  return {
    says: `there are no credentials: no keys in the environment, and no profile '${name}'`,
    next: 'aws configure sso, or name a profile with --profile',
  };
}

function refusal(who: string, { name, message }: Error): string {
  const [line = ''] = message.split('\n');
  const what = ENDED.test(`${name} ${message}`) ? 'have expired' : 'are refused';
  return `the credentials of ${who} ${what}: ${line.trim() === '' ? name : line.trim()}`;
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
function signIn({ name, signsIn }: Profile): string {
  const named = name === 'default' ? '' : ` --profile ${word(name)}`;
  const commands: Readonly<Record<Profile['signsIn'], string>> = {
    sso: `aws sso login${named}`,
    login: `aws login${named}`,
    other: `aws sts get-caller-identity${named}, which says the same until the profile has credentials that hold`,
  };
  return commands[signsIn];
}

/** A word of a shell: what needs quotes has them. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
