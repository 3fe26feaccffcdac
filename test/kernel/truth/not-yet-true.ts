import type { Row } from './row.js';

/**
 * What remedies get wrong today, with the reason: nothing. The suite fails where a row that is listed here
 * holds.
 */
export const notYetTrue: readonly (Pick<Row, 'remedy' | 'scenario'> & { readonly why: string })[] =
  [];
