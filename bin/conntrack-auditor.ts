#!/usr/bin/env node
import { run } from '../lib/cli/program.js';
import { processTerminal } from '../lib/cli/terminal.js';

// The SDK's warning about Node 20 concerns versions that are not yet in the lockfile.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

process.exitCode = await run(process.argv.slice(2), processTerminal());
