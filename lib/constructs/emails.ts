import { emails } from '../core/configuration/email.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** The addresses, after each has been checked for the shape of one. */
export function checkEmails(addresses: readonly string[] = []): readonly string[] {
  return configured(() => parsed(emails, addresses, { key: 'email' }));
}
