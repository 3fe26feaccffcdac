/** House limits, so that a ledger stays one small document: about 10 MB when it is full. */
export const MOST_NODES = 12_000;
export const MOST_FINDINGS = 5_000;
/** Channels in trouble, and things that stand. */
export const MOST_KEYS = 1_000;
/** Promises that wait for a broken channel. The oldest one is lost first. */
export const MOST_PROMISES = 12;
/** Characters of one promised digest; the mildest changes are left out first. */
export const LONGEST_DIGEST = 2 * 1_048_576;
/** Audits that try to tell one digest through a channel, before it is given up. */
export const MOST_TRIES = 12;
/** Seconds that one execution may take to tell: longer than a function may run. */
export const CLAIM_SECONDS = 900;
/** Remembered usages of one node. */
export const MOST_USAGES = 12;
/** Characters of the longest text that is read as a ledger. */
export const LONGEST_TEXT = 64 * 1_048_576;
/** How long a resolved finding is remembered, in seconds: a house choice. */
export const RETENTION_SECONDS = 7 * 86_400;
