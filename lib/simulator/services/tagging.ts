import type { Account } from '../account.js';
import { awsJson } from '../protocol/aws-json.js';
import {
  objects,
  refuseUnsupported,
  requiredText,
  text,
  texts,
  whole,
  type Input,
  type Refusal,
} from '../protocol/input.js';
import { page } from '../protocol/paging.js';
import { ServiceError } from '../protocol/service-error.js';
import { arn, nodeGroups } from './eks.js';

const PAGE = { min: 1, max: 100 };
const NODE_GROUPS = 'eks:nodegroup';

/** One resource with its tags. */
interface Tagged {
  readonly ResourceARN: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** The tagging service of the account, as far as node groups go. */
export const tagging = awsJson('tag', { GetResources: getResources });

/**
 * GetResources. As in the service, what never had a tag is not in the list.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
function getResources(input: Input, account: Account): object {
  refuseUnsupported(input, [
    'PaginationToken',
    'ResourcesPerPage',
    'ResourceTypeFilters',
    'TagFilters',
  ]);
  const types = texts(input, 'ResourceTypeFilters', invalidParameter);
  const isWanted = types.length === 0 || types.includes(NODE_GROUPS) || types.includes('eks');
  const keys = objects(input, 'TagFilters', invalidParameter).map((filter) =>
    requiredText(filter, 'Key', invalidParameter),
  );
  const wanted = (isWanted ? taggedGroups(account) : []).filter(({ Tags }) =>
    keys.every((key) => Tags.some((tag) => tag.Key === key)),
  );
  const size = whole(input, 'ResourcesPerPage', PAGE, invalidParameter) ?? PAGE.max;
  const token = text(input, 'PaginationToken', invalidParameter) ?? '';
  const found = page(wanted, size, token === '' ? undefined : token, () =>
    invalidParameter('The pagination token is not valid'),
  );
  return { ResourceTagMappingList: found.items, PaginationToken: found.nextToken ?? '' };
}

function taggedGroups(account: Account): Tagged[] {
  return account.fleet.clusters.flatMap((cluster) =>
    nodeGroups(cluster).flatMap((group) => {
      const tags = Object.entries(cluster.nodeGroupTags?.[group] ?? {});
      const Tags = tags.map(([Key, Value]) => ({ Key, Value }));
      const ResourceARN = arn(`nodegroup/${cluster.name}/${group}/00c0ffee`, account);
      return Tags.length === 0 ? [] : [{ ResourceARN, Tags }];
    }),
  );
}

const invalidParameter: Refusal = (message) =>
  new ServiceError('InvalidParameterException', message);
