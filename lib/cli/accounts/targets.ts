import { callerAccount } from '../../adapters/account-identity.js';
import type { AwsClients, AwsClientOptions } from '../../adapters/aws-clients.js';
import { enabledRegions } from '../../adapters/ec2-regions.js';
import { accountsBelow, organizationsClient } from '../../adapters/organizations-accounts.js';
import type { AccountsFile, NamedAccount } from '../../core/configuration/accounts.js';
import type { Place } from '../../core/organization/part.js';
import { plural } from '../../core/text/format.js';
import { present } from '../../core/text/present.js';
import { readAccounts } from './accounts-file.js';
import { ALL, roleOfArn, type AccountsOptions } from './options.js';

/** One account and Region to audit, and the role that leads there. */
export interface Target extends Place {
  /** Absent: the caller audits with its own rights, as it is its own account. */
  readonly role?: { readonly name: string; readonly externalId?: string };
}

/** All that is to be audited. */
export interface Targets {
  /** In the order of accounts, and of Regions in each. */
  readonly targets: readonly Target[];
  /** What people should know of what was left out. */
  readonly notes: readonly string[];
}

/** Who asks for the accounts and the Regions. */
interface Asking {
  readonly clients: AwsClients;
  readonly options: AwsClientOptions;
}

/** The accounts and Regions that a command line, or its file, names. Asks Organizations and EC2 for those it does not name. */
export async function targetsOf(wanted: AccountsOptions, asking: Asking): Promise<Targets> {
  checkTogether(wanted);
  const { file, notes } = await accountsOf(wanted, asking);
  const lists = new RegionLists(asking.clients);
  const targets: Target[] = [];
  for (const one of file.accounts) {
    const regions = await lists.of(wanted.regions ?? one.regions ?? file.regions);
    const role = roleOf(wanted, file, one);
    for (const region of regions) {
      targets.push({ account: one.account, region, ...present({ name: one.name, role }) });
    }
  }
  return { targets, notes };
}

function checkTogether({ accounts, organization, role, externalId }: AccountsOptions): void {
  if (accounts !== undefined && organization !== undefined) {
    throw new Error(
      `the accounts should be named once, got --accounts ${accounts} and --organization ${organization}`,
    );
  }
  if (role !== undefined && roleOfArn(role).account !== undefined) {
    throw new Error(
      `--role should be a name beside --accounts, --organization and --regions, as it is of each account, got '${role}'`,
    );
  }
  if (externalId !== undefined && role === undefined && accounts === undefined) {
    throw new Error('--external-id is for a role: name it with --role');
  }
}

async function accountsOf(
  wanted: AccountsOptions,
  { clients, options }: Asking,
): Promise<{ readonly file: AccountsFile; readonly notes: readonly string[] }> {
  const { accounts, organization, role } = wanted;
  if (accounts !== undefined) {
    const file = await readAccounts(accounts);
    const without = file.accounts.find((one) => roleOf(wanted, file, one) === undefined);
    if (without === undefined) return { file, notes: [] };
    throw new Error(
      `no role leads into account ${without.account}: name one with --role, or as role in ${accounts}`,
    );
  }
  if (organization !== undefined) {
    if (role === undefined)
      throw new Error('--organization needs --role, the role of each account');
    return ofOrganization(organization, options);
  }
  const own = await callerAccount(clients.sts);
  if (own === undefined) throw new Error('STS does not say which account this is');
  return { file: { accounts: [{ account: own }] }, notes: [] };
}

async function ofOrganization(unit: string, options: AwsClientOptions) {
  const client = organizationsClient(options);
  try {
    const { active, others } = await accountsBelow(client, unit);
    if (active.length === 0) throw new Error(`no active account stands below ${unit}`);
    const accounts = active.map(({ id, name }) => ({ account: id, name }));
    const names = others.map(({ id, name }) => `${name} (${id})`).join(', ');
    const notes =
      others.length === 0
        ? []
        : [`left out, as not active: ${plural(others.length, 'account')}: ${names}`];
    return { file: { accounts }, notes };
  } finally {
    client.destroy();
  }
}

/** The role of an account: that of the command line, its own, or that of all. */
function roleOf(
  { role, externalId }: AccountsOptions,
  file: AccountsFile,
  one: NamedAccount,
): Target['role'] {
  const name = role ?? one.role ?? file.role;
  if (name === undefined) return undefined;
  return { name, ...present({ externalId: externalId ?? one.externalId ?? file.externalId }) };
}

/** Lists of Regions. Those that are enabled are asked for once. */
class RegionLists {
  private all: Promise<readonly string[]> | undefined;

  constructor(private readonly clients: AwsClients) {}

  /** Absent: the Region of the caller. */
  async of(regions: AccountsOptions['regions']): Promise<readonly string[]> {
    if (regions === undefined) return [await this.clients.region()];
    if (regions !== ALL) return regions;
    this.all ??= enabledRegions(this.clients.ec2);
    return this.all;
  }
}
