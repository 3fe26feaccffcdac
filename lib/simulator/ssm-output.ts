/**
 * How Systems Manager cuts the output of a script. All limits are bytes, and a cut may fall inside a
 * character.
 *
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/processor/executer/iohandler/iohandler.go
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html
 */
const PLUGIN_OUTPUT_LIMIT = 2500;
const STDOUT_LIMIT = 24_000;
const STDERR_LIMIT = 8000;

const ERROR_TITLE = Buffer.from('\n----------ERROR-------\n');
const OUTPUT_CUT = Buffer.from('\n---Output truncated---');
const ERROR_CUT = Buffer.from('\n---Error truncated----');
const SUFFIX = Buffer.from('--output truncated--');

/** `StandardOutputContent` of GetCommandInvocation. */
export function standardOutput(stdout: Buffer): Buffer {
  return prefix(stdout, STDOUT_LIMIT);
}

/** `StandardErrorContent` of GetCommandInvocation. */
export function standardError(stderr: Buffer): Buffer {
  return prefix(stderr, STDERR_LIMIT);
}

/**
 * `CommandPlugins[].Output` of ListCommandInvocations. Whole only when both together, and the title
 * that any stderr brings, are less than 2,500 bytes; else it keeps the start of the part that is too long.
 */
export function pluginOutput(stdout: Buffer, stderr: Buffer): Buffer {
  const title = stderr.length > 0 ? ERROR_TITLE : Buffer.alloc(0);
  const room = PLUGIN_OUTPUT_LIMIT - title.length;
  if (stdout.length + stderr.length < room) return Buffer.concat([stdout, title, stderr]);

  const half = Math.floor(room / 2);
  if (stdout.length > half && stderr.length > half) {
    const each = Math.floor((room - OUTPUT_CUT.length - ERROR_CUT.length) / 2);
    const parts = [
      stdout.subarray(0, each),
      OUTPUT_CUT,
      title,
      stderr.subarray(0, each),
      ERROR_CUT,
    ];
    return Buffer.concat(parts);
  }
  if (stdout.length <= half) {
    const kept = stderr.subarray(0, room - ERROR_CUT.length - stdout.length);
    return Buffer.concat([stdout, title, kept, ERROR_CUT]);
  }
  const kept = stdout.subarray(0, room - OUTPUT_CUT.length - stderr.length);
  return Buffer.concat([kept, OUTPUT_CUT, title, stderr]);
}

/** A text of exactly the limit is cut too: the agent compares with `<`. */
function prefix(text: Buffer, limit: number): Buffer {
  if (text.length < limit) return text;
  return Buffer.concat([text.subarray(0, limit - SUFFIX.length), SUFFIX]);
}
