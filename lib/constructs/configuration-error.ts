/** A value that its reader can correct: the message names the value and what is allowed. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
