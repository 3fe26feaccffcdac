import * as v from 'valibot';

const EMAIL = 'should be an address such as team@example.com';

/** A text in the shape of an address. SNS finds out whether it exists. */
const email = v.pipe(v.string(EMAIL), v.regex(/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/, EMAIL));

/** Addresses, each of them once. */
export const emails = v.pipe(
  v.array(email, 'should be a list of addresses'),
  v.check((all) => new Set(all).size === all.length, 'should name each address once'),
);

/** One address, or a list of them. */
export const oneOrMoreEmails = v.pipe(
  v.union([email, emails], 'should be an address such as team@example.com, or a list of addresses'),
  v.transform((value) => (typeof value === 'string' ? [value] : value)),
);
