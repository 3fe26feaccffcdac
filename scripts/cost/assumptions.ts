/** Hours of a month, as AWS prices them. */
export const HOURS = 730;

/** Audits of a month that tell something: one a day. A house guess; the sheet says so. */
export const TELLINGS = 30;

/** E-mail addresses that are subscribed. */
export const MAILS_PER_TELLING = 2;

/** Seconds of one call of an AWS API, one after the other. A house guess. */
export const SECONDS_PER_CALL = 0.1;

/** Seconds to start the function or go on after a wait; every start counts as cold. A house guess. */
export const SECONDS_PER_START = 1;

/**
 * Memory with which a function has one whole vCPU; with less memory it has proportionally less.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export const FULL_CPU_MB = 1_769;

/** What Lambda itself writes to the log about one invocation. A house guess. */
export const LOG_BYTES_PER_INVOCATION = 600;

/** Seconds that an audit in one plain invocation waits for nodes: the first two waits of the handler. */
export const INLINE_WAIT_SECONDS = 20;
