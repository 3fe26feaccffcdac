/** Runs the probe as the SSM agent does, in the network namespace of this process, and prints the result. */
import { readFileSync } from 'node:fs';
import { runScript } from '../../lib/simulator/ssm-agent.js';
import { PROBE } from '../support/probe.js';

const lines = readFileSync(PROBE, 'utf8').trimEnd().split('\n');
const result = await runScript({ lines, instanceId: 'i-0123456789abcdef0', region: 'us-east-1' });
process.stdout.write(JSON.stringify(result));
