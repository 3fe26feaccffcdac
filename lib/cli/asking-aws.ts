import { callerArn } from '../adapters/account-identity.js';
import type { AwsClients } from '../adapters/aws-clients.js';
import { sharedProfiles } from '../adapters/service-profiles.js';
import { isAboutCredentials, isUnknownHost, ServiceError } from '../adapters/service-error.js';
import { statementFor, type Place } from '../core/configuration/permissions.js';
import { regionHint } from '../core/configuration/regions.js';
import { credentialAdvice, type CredentialSource } from './credentials.js';

/** Who asks AWS on behalf of a command. */
export interface Asking {
  readonly clients: AwsClients;
  /** Of the command line. */
  readonly profile?: string | undefined;
}

/** Does work that asks AWS. What it fails with names who asked, where, and the next command. */
export async function askingAws<T>(asking: Asking, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await explained(error, asking);
  }
}

/** Where the credentials of a command come from. */
export async function credentialSource(profile: string | undefined): Promise<CredentialSource> {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  return {
    profile: profile ?? (AWS_PROFILE === '' ? undefined : AWS_PROFILE),
    hasKeys: (AWS_ACCESS_KEY_ID ?? '') !== '',
    profiles: await sharedProfiles(),
  };
}

/** What to do where no Region is set anywhere. */
export const NO_REGION = 'no Region is set; name one: --region us-east-1, or export AWS_REGION';

async function explained(error: unknown, asking: Asking): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  if (error.message === 'Region is missing') return new Error(NO_REGION, { cause: error });
  if (isAboutCredentials(error)) {
    const { says, next } = credentialAdvice(error, await credentialSource(asking.profile));
    return new Error(`${says}; next: ${next}`, { cause: error });
  }
  const more = await detailsOf(error, asking);
  return more === '' ? error : new Error(error.message + more, { cause: error });
}

async function detailsOf(error: Error, { clients }: Asking): Promise<string> {
  const region = await clients.region();
  if (isUnknownHost(error)) return regionHint(region);
  if (!(error instanceof ServiceError) || error.failure?.reason !== 'not-permitted') return '';
  const arn = await callerArn(clients.sts);
  const who = arn === undefined ? '' : `; asked by ${arn}`;
  const { operation } = error.failure;
  return `${who}; next: allow it with ${statementFor(operation, placeOf(arn, region))}`;
}

/** Where the caller's resources are. Nothing where it is not known who the caller is. */
export function placeOf(arn: string | undefined, region: string): Place | undefined {
  const [, partition, , , account] = arn?.split(':') ?? [];
  if (partition === undefined || account === undefined) return undefined;
  return { partition, region, account };
}
