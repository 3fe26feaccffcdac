import * as v from 'valibot';
import { isRegion } from './regions.js';
import { keyed } from '../text/keyed.js';

const ACCOUNT = 'should be twelve digits in quotes';
const account = v.pipe(v.string(ACCOUNT), v.regex(/^\d{12}$/, ACCOUNT));

const REGION = 'should be the name of a Region such as eu-west-1';
const region = v.pipe(v.string(REGION), v.check(isRegion, REGION));
const regions = v.pipe(
  v.array(region, 'should be a list of Regions'),
  v.minLength(1, 'should name at least one Region'),
);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE = 'should be the name of a role, with its path and without a slash before it';
export const roleName = v.pipe(
  v.string(ROLE),
  v.regex(/^([\w+=,.@-]{1,128}\/){0,8}[\w+=,.@-]{1,64}$/, ROLE),
);

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const EXTERNAL_ID = 'should be 2 to 1,224 letters, digits and signs of +=,.@:/-';
export const externalId = v.pipe(
  v.string(EXTERNAL_ID),
  v.regex(/^[\w+=,.@:/-]{2,1224}$/, EXTERNAL_ID),
);

const NAME = 'should be a text of at most 64 characters';

const one = keyed({
  account,
  name: v.optional(v.pipe(v.string(NAME), v.nonEmpty(NAME), v.maxLength(64, NAME))),
  regions: v.optional(regions),
  role: v.optional(roleName),
  externalId: v.optional(externalId),
});

/** An account of which nothing else is said. */
const bare = v.pipe(
  account,
  v.transform((id): v.InferOutput<typeof one> => ({ account: id })),
);

/** What a file of accounts holds. What stands at an account is for it alone, what stands above for all. */
export const accountsSchema = keyed({
  role: v.optional(roleName),
  externalId: v.optional(externalId),
  regions: v.optional(regions),
  accounts: v.pipe(
    v.array(
      v.lazy((value) => (typeof value === 'object' && value !== null ? one : bare)),
      'should be a list of accounts',
    ),
    v.minLength(1, 'should name at least one account'),
  ),
});

export type AccountsFile = v.InferOutput<typeof accountsSchema>;
export type NamedAccount = AccountsFile['accounts'][number];
