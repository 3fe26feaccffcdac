import * as v from 'valibot';

const ORGANIZATION = 'should be the id of an organization such as o-a1b2c3d4e5';
/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationId = v.pipe(
  v.string(ORGANIZATION),
  v.regex(/^o-[a-z0-9]{10,32}$/, ORGANIZATION),
);

const UNIT = 'should be the id of an organizational unit such as ou-a1b2-c3d4e5f6, or of the root';
/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
const unit = v.pipe(
  v.string(UNIT),
  v.regex(/^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/, UNIT),
);
export const organizationalUnits = eachOnce(unit, 'should be a list of organizational units');

const REGION = 'should be a Region such as eu-west-1';
const region = v.pipe(v.string(REGION), v.regex(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/, REGION));
export const regions = eachOnce(region, 'should be a list of Regions');

const PERCENTAGE = 'should be whole percent from 0 to 100';
export const percentage = v.pipe(
  v.number(PERCENTAGE),
  v.integer(PERCENTAGE),
  v.minValue(0, PERCENTAGE),
  v.maxValue(100, PERCENTAGE),
);

const CODE =
  'should be 3 to 30 small letters, digits and dashes, and begin and end with a letter or digit';
/** The first part of the name of a bucket; the account and the Region are the rest of at most 63 characters. */
export const codeBucketPrefix = v.pipe(
  v.string(CODE),
  v.regex(/^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/, CODE),
);

function eachOnce(item: v.GenericSchema<string, string>, message: string) {
  return v.pipe(
    v.array(item, message),
    v.minLength(1, 'should name at least one'),
    v.check((all) => new Set(all).size === all.length, 'should name each once'),
  );
}
