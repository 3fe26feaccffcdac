#!/usr/bin/env node
import { exitCodes } from '../lib/cli/exit-codes.js';
import { run } from '../lib/cli/program.js';
import { processTerminal } from '../lib/cli/terminal.js';

// Whoever reads has seen enough, as `| head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The SDK's warning about Node 20 concerns versions that are not yet in the lockfile.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const status = await run(process.argv.slice(2), processTerminal());
process.exitCode = status;
// Whoever ends a command does not wait for the answers that are still on their way.
if (status === exitCodes.interrupted) process.exit();
