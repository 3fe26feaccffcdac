import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { readFile } from 'node:fs/promises';
import { awsClients } from '../adapters/aws-clients.js';
import { deployedStack } from '../adapters/cloudformation-stack.js';
import { bucketName, stackName, topicArn } from '../core/configuration/existing.js';
import { hanging, printedJson, printedLines, strong, type Line } from '../core/render/lines.js';
import { ParseError, parsed } from '../core/text/parsed.js';
import { present } from '../core/text/present.js';
import { isSpan, secondsOf, SPAN_WORDS } from '../core/text/span.js';
import { VERSION } from '../version.js';
import { PROBE_DOCUMENT } from './audit.js';
import type { Checked, State } from './doctor/checked.js';
import { examine } from './doctor/examine.js';
import { exitCodes } from './exit-codes.js';
import type { Finish } from './finish.js';
import { probeFile } from './probe-file.js';
import { resolveSettings } from './settings.js';
import { paintFor, type Terminal } from './terminal.js';

/** Raised if a field of the JSON goes away or changes its meaning; not for a new field. */
const DOCTOR_SCHEMA_VERSION = 1;

/** Somebody waits for each answer, and a slow one is an answer as well. */
const PATIENCE = { requestSeconds: 10, attempts: 2 };

/** The default schedule of the stack. */
const EVERY = 6 * 3_600;

/** `doctor`: looks at everything that an audit needs, and names the next command for what is missing. */
export function doctorCommand(terminal: Terminal, finish: Finish) {
  return new Command('doctor')
    .description('check what an audit needs, one by one, and name the next command')
    .option('--region <region>', 'Region (default: as the AWS SDK finds it)')
    .option('--profile <name>', 'profile of ~/.aws/config (default: as the AWS SDK finds it)')
    .option('--document <name>', 'SSM document that holds the probe', PROBE_DOCUMENT)
    .option('--cluster <name>', 'a cluster to audit, or a glob (again for more)', again)
    .option('--config <file>', 'configuration, for its clusters and tag keys')
    .option('--stack <name>', 'the stack, which names topic and bucket', stack, 'ConntrackAuditor')
    .option('--topic <arn>', 'topic that receives findings, in place of that of the stack', topic)
    .option('--bucket <name>', 'bucket of the runs, in place of that of the stack', bucket)
    .option('--every <time>', 'the schedule of the stack (default: 6h)', every)
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(async ({ json, cluster, config, region, profile, ...named }) => {
      const settings = await resolveSettings(present({ config }));
      const who = { version: VERSION, ...present({ region, profile }), ...PATIENCE };
      const clients = awsClients(who);
      const checks = await examine({
        clients,
        stackOf: (name) => deployedStack(who, name),
        profile,
        every: EVERY,
        ...named,
        probe: await readFile(probeFile, 'utf8'),
        clusters: cluster === undefined ? settings.clusters : { include: cluster, exclude: [] },
        nodeTagKeys: settings.nodeTagKeys,
        now: new Date(),
      }).finally(() => {
        clients.destroy();
      });
      const head = { schemaVersion: DOCTOR_SCHEMA_VERSION };
      terminal.write(
        json === true
          ? printedJson({ ...head, checks }, 2)
          : printedLines(checks.flatMap(linesOf), paintFor(terminal), terminal),
      );
      finish(statusOf(checks));
    });
}

const HELP = `
It changes nothing, and sends nothing to a node.
Exit status: 0 all is well, 1 something is wrong, 2 something is not known, 3 error.`;

const WORDS: Readonly<Record<State, string>> = {
  ok: 'ok       ',
  fault: 'fault    ',
  unknown: 'not known',
};

function linesOf({ check, state, says, next }: Checked): Line[] {
  const word = WORDS[state];
  const marked =
    state === 'ok'
      ? word
      : ({ style: state === 'fault' ? 'critical' : 'warning', text: word } as const);
  const lead = [marked, '  '];
  const first = hanging(lead, strong(check), `: ${says}`);
  return next === undefined
    ? [first]
    : [first, hanging(`${' '.repeat(word.length)}  next: `, next)];
}

function statusOf(checks: readonly Checked[]): number {
  const has = (wanted: State) => checks.some(({ state }) => state === wanted);
  if (has('fault')) return exitCodes.findings;
  return has('unknown') ? exitCodes.incomplete : exitCodes.clean;
}

function again(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function every(text: string): number {
  if (isSpan(text)) return secondsOf(text);
  throw new InvalidArgumentError(`should be ${SPAN_WORDS}, got '${text}'`);
}

const stack = read((text) => parsed(stackName, text));
const topic = read((text) => parsed(topicArn, text));
const bucket = read((text) => parsed(bucketName, text));

/** Reads an option by a schema. */
function read(parse: (text: string) => string): (text: string) => string {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof ParseError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };
}
