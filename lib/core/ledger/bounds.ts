/** House limits, so that a ledger stays one small document: about 10 MB when it is full. */
export const MOST_NODES = 12_000;
export const MOST_FINDINGS = 5_000;
/** Remembered usages of one node. */
export const MOST_USAGES = 12;
/** Characters of the longest text that is read as a ledger. */
export const LONGEST_TEXT = 64 * 1_048_576;
/** How long a resolved finding is remembered, in seconds: a house choice. */
export const RETENTION_SECONDS = 7 * 86_400;
