import type { Gap } from '../core/node/gap.js';
import { printable } from '../core/text/printable.js';

/** What a bundle that could not be read is to an audit. */
export function bundleGap(name: string, error: unknown): Gap {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  const why = cause instanceof Error ? cause : error;
  const said = why instanceof Error ? why.message : String(why);
  return {
    about: 'bundle',
    subject: `bundle ${printable(name, 120)}`,
    operation: 'read',
    reason: 'failed',
    detail: printable(said, 300),
  };
}
