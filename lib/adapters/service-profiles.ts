import { loadSharedConfigFiles } from '@smithy/core/config';

/** How a profile of `~/.aws/config` signs in. */
export interface Profile {
  readonly name: string;
  /** `sso`: `aws sso login`. `login`: `aws login`. `other`: keys, roles or a process. */
  readonly signsIn: 'sso' | 'login' | 'other';
}

/** The profiles of the shared files, where the AWS SDK looks for them. None where there are no files. */
export async function sharedProfiles(): Promise<readonly Profile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return [...names]
    .filter((name) => !name.includes('.'))
    .map((name) => ({ name, signsIn: signInOf({ ...configFile[name] }) }));
}

function signInOf(settings: Readonly<Record<string, string | undefined>>): Profile['signsIn'] {
  if (settings['sso_session'] !== undefined || settings['sso_start_url'] !== undefined)
    return 'sso';
  return settings['login_session'] === undefined ? 'other' : 'login';
}
