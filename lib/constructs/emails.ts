import { ConfigurationError } from './configuration-error.js';

/** The addresses, after each has been checked for the shape of one. Whether it exists, SNS asks it. */
export function checkEmails(addresses: readonly string[] = []): readonly string[] {
  for (const address of addresses) {
    if (!/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(address)) {
      throw new ConfigurationError(
        `'email' should be addresses such as team@example.com, got '${address}'`,
      );
    }
  }
  const twice = addresses.find((address, i) => addresses.indexOf(address) !== i);
  if (twice !== undefined) {
    throw new ConfigurationError(`'email' should name each address once, got '${twice}' twice`);
  }
  return addresses;
}
