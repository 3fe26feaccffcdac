import { ParseError } from '../core/text/parsed.js';

/** A value that its reader can correct: the message names the value and what is allowed. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** What is parsed here comes from whoever wrote the configuration, so what is wrong in it is theirs to know. */
export function configured<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ConfigurationError(error.message, { cause: error });
  }
}
