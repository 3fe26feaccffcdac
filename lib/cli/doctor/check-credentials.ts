import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { isAboutCredentials } from '../../adapters/service-error.js';
import { credentialSource, placeOf } from '../asking-aws.js';
import { credentialAdvice } from '../credentials.js';
import { fault, ok, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'credentials';

/** Who asks. STS answers everybody who has credentials. */
export async function checkCredentials(
  { clients, profile }: Patient,
  region: string,
): Promise<{ readonly checked: Checked; readonly caller?: Caller }> {
  try {
    const { Arn: arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    const place = placeOf(arn, region);
    if (place === undefined) return { checked: unknown(CHECK, 'STS does not say who asks') };
    return { checked: ok(CHECK, arn), caller: { ...place, arn } };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!isAboutCredentials(error)) {
      return { checked: unknown(CHECK, `STS does not answer: ${error.message}`, 'ask again') };
    }
    const { says, next } = credentialAdvice(error, await credentialSource(profile));
    return { checked: fault(CHECK, says, next) };
  }
}
