import { emails } from '../core/configuration/email.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** The addresses, each with its shape checked. */
export function checkEmails(addresses: readonly string[] = []): readonly string[] {
  return configured(() => parsed(emails, addresses, { key: 'email' }));
}
