import { ACCOUNT_ID, type Account } from '../account.js';
import type { SimulatedMember, SimulatedOrganization } from '../organization.js';
import { awsJson } from '../protocol/aws-json.js';
import { requiredText, text, whole, type Input, type Refusal } from '../protocol/input.js';
import { page, type Page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';

const PAGE = { min: 1, max: 20 };

/** The AWS Organizations of the main account: what stands below a unit, to be read. */
export const organizations = awsJson('organizations', {
  ListAccountsForParent: (input, account) => {
    const organization = organizationOf(account);
    const parent = parentOf(input, organization);
    const found = cut(
      input,
      organization.members.filter(({ unit }) => unit === parent),
    );
    return { Accounts: found.items.map(describe), NextToken: found.nextToken };
  },
  ListOrganizationalUnitsForParent: (input, account) => {
    const organization = organizationOf(account);
    const parent = parentOf(input, organization);
    const units = Object.entries(organization.units).filter(([, within]) => within === parent);
    const found = cut(input, units);
    const OrganizationalUnits = found.items.map(([Id]) => ({ Id, Name: Id }));
    return { OrganizationalUnits, NextToken: found.nextToken };
  },
});

/** Members may not ask. */
function organizationOf({ id, organization }: Account): SimulatedOrganization {
  if (id !== ACCOUNT_ID) {
    throw new ServiceError(
      'AccessDeniedException',
      "You don't have permissions to access this resource.",
    );
  }
  if (organization !== undefined) return organization;
  throw new ServiceError(
    'AWSOrganizationsNotInUseException',
    'Your account is not a member of an organization.',
  );
}

function parentOf(input: Input, { root, units }: SimulatedOrganization): string {
  const parent = requiredText(input, 'ParentId', invalid);
  if (parent === root || Object.hasOwn(units, parent)) return parent;
  throw new ServiceError(
    'ParentNotFoundException',
    "You specified a parent that doesn't exist in the organization.",
  );
}

function cut<T>(input: Input, items: readonly T[]): Page<T> {
  const size = whole(input, 'MaxResults', PAGE, invalid) ?? PAGE.max;
  return page(items, size, text(input, 'NextToken', invalid), () => invalid('Invalid NextToken'));
}

function describe({ id, name, state = 'ACTIVE' }: SimulatedMember): object {
  const Arn = `arn:aws:organizations::${ACCOUNT_ID}:account/o-simulated0/${id}`;
  return { Id: id, Name: name, Arn, State: state };
}

const invalid: Refusal = (message) => new ServiceError('InvalidInputException', message);
