import {
  type Command,
  type CommandUnknownOpts,
  InvalidArgumentError,
  type OptionValues,
} from '@commander-js/extra-typings';
import { externalId, roleName } from '../../core/configuration/accounts.js';
import { isRegion } from '../../core/configuration/regions.js';
import { ParseError, parsed } from '../../core/text/parsed.js';
import { wholeNumber } from '../limit-options.js';

/** How many audits run at once where nobody says: each waits for its nodes most of the time. House choices. */
export const AT_ONCE = 8;
const MOST_AT_ONCE = 64;

/** All Regions that the account of the caller has enabled. */
export const ALL = 'all';

/** What a command line says of the accounts and Regions to audit. */
export interface AccountsOptions {
  readonly accounts?: string;
  readonly organization?: string;
  readonly regions?: typeof ALL | readonly string[];
  readonly role?: string;
  readonly externalId?: string;
  readonly atOnce?: number;
}

/** Adds the options that choose accounts and Regions, and the role that leads there. */
export function withAccountsOptions<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
): Command<A, O & Pick<AccountsOptions, keyof AccountsOptions>> {
  (command as unknown as CommandUnknownOpts)
    .option('--accounts <file>', 'audit the accounts in this file of YAML')
    .option('--organization <unit>', 'audit the accounts below this root or unit', unitOption)
    .option('--regions <names>', `audit these Regions: ${ALL}, or names with commas`, regionsOption)
    .option(
      '--role <name>',
      'role to assume in each audited account: all is asked as it',
      roleOption,
    )
    .option('--external-id <id>', 'what the trust of that role asks for', externalIdOption)
    .option(
      '--at-once <n>',
      `audits of several that run at once (default: ${AT_ONCE})`,
      wholeNumber(1, MOST_AT_ONCE),
    );
  return command;
}

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html */
function unitOption(text: string): string {
  if (/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/.test(text)) return text;
  throw new InvalidArgumentError(
    `should be the id of a root or unit, such as r-ab12 or ou-ab12-cdefgh34, got '${text}'`,
  );
}

function regionsOption(text: string): typeof ALL | readonly string[] {
  if (text === ALL) return ALL;
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const wrong = names.find((name) => !isRegion(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(
    `should be ${ALL}, or names of Regions with commas such as eu-west-1,us-east-1, got '${wrong}'`,
  );
}

/** An ARN names its account as well. */
const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/(.+)$/;

function roleOption(text: string): string {
  checked(roleName, roleOfArn(text).name);
  return text;
}

function externalIdOption(text: string): string {
  return checked(externalId, text);
}

function checked(schema: typeof roleName | typeof externalId, text: string): string {
  try {
    return parsed(schema, text);
  } catch (error) {
    if (error instanceof ParseError) {
      throw new InvalidArgumentError(error.message.replace(/^the value /, ''));
    }
    throw error;
  }
}

/** Whether a command line is about several accounts or Regions. */
export function isOfSeveral({ accounts, organization, regions }: AccountsOptions): boolean {
  return accounts !== undefined || organization !== undefined || regions !== undefined;
}

/** The account and the name in the ARN of a role; a name alone as it is. */
export function roleOfArn(role: string): { readonly account?: string; readonly name: string } {
  const [, account, name] = ROLE_ARN.exec(role) ?? [];
  return account === undefined || name === undefined ? { name: role } : { account, name };
}
