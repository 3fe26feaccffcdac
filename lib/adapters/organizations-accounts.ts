import {
  OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import { clientConfig, type AwsClientOptions } from './aws-clients.js';
import { listed, needed } from './service-error.js';
import { withinLimit } from './time-limits.js';

/** An account of an organization. */
export interface OrganizationAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
}

/** The accounts below a unit: those that can be audited, and those that are not active. */
export interface OrganizationAccounts {
  readonly active: readonly OrganizationAccount[];
  readonly others: readonly OrganizationAccount[];
}

/** A client of AWS Organizations. */
export function organizationsClient(options: AwsClientOptions): OrganizationsClient {
  const { limits, config } = clientConfig(options);
  return withinLimit(new OrganizationsClient(config), limits);
}

/**
 * The accounts below a root or organizational unit, those of the units in it included. Organizations answers the
 * management account and delegated administrators alone.
 */
export async function accountsBelow(
  client: OrganizationsClient,
  parent: string,
): Promise<OrganizationAccounts> {
  const active: OrganizationAccount[] = [];
  const others: OrganizationAccount[] = [];
  const units = [parent];
  for (let unit = units.shift(); unit !== undefined; unit = units.shift()) {
    for (const { id, name, state } of await accountsIn(client, unit)) {
      (state === 'ACTIVE' ? active : others).push({ id, name });
    }
    units.push(...(await unitsIn(client, unit)));
  }
  return { active, others };
}

async function accountsIn(client: OrganizationsClient, ParentId: string) {
  const pages = paginateListAccountsForParent({ client }, { ParentId });
  const found = await all(pages, 'organizations:ListAccountsForParent', ParentId, 'Accounts');
  return found.flatMap(({ Id: id, Name: name = '', State: state }) =>
    id === undefined ? [] : { id, name, state },
  );
}

async function unitsIn(client: OrganizationsClient, ParentId: string): Promise<string[]> {
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId });
  const operation = 'organizations:ListOrganizationalUnitsForParent';
  const found = await all(pages, operation, ParentId, 'OrganizationalUnits');
  return found.flatMap(({ Id }) => Id ?? []);
}

/** The items of all pages. A page may be empty before the last one. */
function all<K extends string, T>(
  pages: AsyncIterable<Readonly<Partial<Record<K, readonly T[] | undefined>>>>,
  operation: string,
  parent: string,
  name: K,
): Promise<T[]> {
  const reading = async () => {
    const items: T[] = [];
    for await (const one of pages) items.push(...listed(one[name], name));
    return items;
  };
  return needed(operation, `of ${parent}`, reading());
}
