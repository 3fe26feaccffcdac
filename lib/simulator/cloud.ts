import type { IncomingHttpHeaders } from 'node:http';
import { REGION, type Account } from './account.js';
import type { SimulatedFleet } from './fleet.js';
import type { SimulatedMember, SimulatedOrganization } from './organization.js';
import { Sessions } from './sessions.js';

/** Access key and Region in the scope of a signature. */
const SCOPE = /Credential=([^/]+)\/\d{8}\/([a-z0-9-]+)\//;

/** What the main account is called here: members go by their ids. */
const MAIN = 'main';

/** What distinguishes an account in one Region from the others. */
export interface AccountPlace extends Partial<
  Pick<Account, 'id' | 'alias' | 'caller' | 'denied' | 'throttled'>
> {
  readonly region: string;
  readonly fleet: SimulatedFleet;
  readonly organization?: SimulatedOrganization;
  readonly sessions: Sessions;
  /** Called when a command is sent, before its nodes begin. */
  readonly sent: () => void;
}

/** Everything that one address serves: the main account, and the members of its organization in their Regions. */
export class Cloud {
  readonly #accounts = new Map<string, Account>();
  readonly #sessions: Sessions;
  #mostAsked = 0;

  constructor(
    private readonly main: Pick<AccountPlace, 'fleet' | 'caller' | 'denied'>,
    private readonly organization: SimulatedOrganization | undefined,
    private readonly make: (place: AccountPlace) => Account,
  ) {
    this.#sessions = new Sessions(organization);
    this.#account(MAIN, REGION, main);
  }

  /** The account and Region that a request is for, by its signature. Without one it is the main account. */
  of(headers: IncomingHttpHeaders): Account {
    const [, key, region = REGION] = SCOPE.exec(headers.authorization ?? '') ?? [];
    const token = headers['x-amz-security-token']?.toString();
    const session = this.#sessions.of(key, token);
    if (session !== undefined) return this.#member(session.member, session.arn, region);
    // Without an organization there is one account in one Region, whatever a client calls it.
    if (this.organization === undefined || region === REGION)
      return this.#account(MAIN, REGION, this.main);
    return this.#account(MAIN, region, { ...this.main, fleet: nothing });
  }

  /** The most accounts x Regions that had, at one time, a command whose end nobody had read. */
  get mostAsked(): number {
    return this.#mostAsked;
  }

  /** Actions that were asked for with the keys of the main account, sorted. */
  get asked(): string[] {
    const own = [...this.#accounts].filter(([name]) => name.startsWith(`${MAIN}/`));
    return [...new Set(own.flatMap(([, { asked }]) => [...asked]))].sort();
  }

  #member(member: SimulatedMember, caller: string, region: string): Account {
    const { id, alias, fleets, denied = [], throttled = [] } = member;
    const account = this.#account(id, region, {
      ...{ id, alias: alias ?? '', fleet: fleets[region] ?? nothing, caller },
      ...{ denied: new Set(denied), throttled: new Set(throttled) },
    });
    // Sessions of one role share its account; each is itself.
    return { ...account, caller };
  }

  #account(name: string, region: string, parts: Omit<AccountPlace, Own>): Account {
    const key = `${name}/${region}`;
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const { organization } = this;
    const account = this.make({
      ...parts,
      ...(organization !== undefined && { organization }),
      ...{ region, sessions: this.#sessions, sent: this.#count.bind(this) },
    });
    this.#accounts.set(key, account);
    return account;
  }

  #count(): void {
    const asked = [...this.#accounts.values()].filter(({ commands }) =>
      [...commands.values()].some(({ wasRead }) => wasRead !== true),
    );
    this.#mostAsked = Math.max(this.#mostAsked, asked.length);
  }
}

type Own = 'region' | 'organization' | 'sessions' | 'sent';

const nothing: SimulatedFleet = { clusters: [], bystanders: [] };
