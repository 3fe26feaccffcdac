import { randomBytes, randomUUID } from 'node:crypto';
import { ServiceError } from './protocol/service-error.js';
import type { SimulatedMember, SimulatedOrganization } from './organization.js';

/** What a role session is asked for. */
export interface SessionWish {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string | undefined;
  /** ARN of whoever asks. */
  readonly caller: string;
}

/** The credentials of one role session, and whose they are. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** `arn:aws:sts::111122223333:assumed-role/Reader/alice`. */
  readonly arn: string;
  readonly member: SimulatedMember;
}

/** The role sessions of an organization. Every caller is trusted by each role, if it knows the external id. */
export class Sessions {
  readonly #byKey = new Map<string, Session>();

  constructor(private readonly organization: SimulatedOrganization | undefined) {}

  /** Fails with what AWS says where the role does not exist, or does not trust the caller: the same. */
  assume({ roleArn, sessionName, externalId, caller }: SessionWish): Session {
    const [, id, name] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
    const member = this.organization?.members.find((one) => one.id === id);
    if (member === undefined || !trusts(member, name, externalId)) {
      throw new ServiceError(
        'AccessDenied',
        `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    const session = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(20).toString('hex'),
      sessionToken: randomUUID(),
      // The path of a role does not stand in the ARN of its sessions.
      arn: `arn:aws:sts::${member.id}:assumed-role/${name?.split('/').at(-1) ?? ''}/${sessionName}`,
      member,
    };
    this.#byKey.set(session.accessKeyId, session);
    return session;
  }

  /** The session of these keys. Nothing for keys that are of no session: those of the main account. */
  of(accessKeyId: string | undefined, sessionToken: string | undefined): Session | undefined {
    if (accessKeyId?.startsWith('ASIA') !== true) return undefined;
    const session = this.#byKey.get(accessKeyId);
    if (session !== undefined && session.sessionToken === sessionToken) return session;
    throw new ServiceError(
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      403,
    );
  }
}

/** Whether an account has the role, and lets it be assumed with this external id. */
function trusts({ role }: SimulatedMember, name?: string, externalId?: string): boolean {
  if (role?.name !== name || role === undefined) return false;
  return role.externalId === undefined || role.externalId === externalId;
}
