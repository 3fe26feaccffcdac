import { ParseError } from '../core/text/parsed.js';

/** An error that its reader can correct: the message names the value and what is allowed. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Parses part of the configuration, and tells its author what is wrong with it. */
export function configured<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ConfigurationError(error.message, { cause: error });
  }
}
