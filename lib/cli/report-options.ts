import {
  type Command,
  type CommandUnknownOpts,
  InvalidArgumentError,
  Option,
  type OptionValues,
} from '@commander-js/extra-typings';
import { severities, type Severity } from '../core/judge/severity.js';
import { formats } from '../core/render/index.js';
import { ruleTexts } from '../core/rules/index.js';
import { near } from '../core/text/near.js';
import { Outputs, type Output } from './outputs.js';

/** What a command line says of the report that it wants. */
export interface ReportOptions {
  readonly format?: readonly Output[];
  readonly json?: boolean;
  readonly full?: boolean;
  readonly finding?: string;
  readonly case?: string;
  readonly severity?: Severity;
  readonly rule?: readonly string[];
  readonly cluster?: readonly string[];
}

/**
 * Adds the options that choose a report: its forms, and what of it is shown. Its type is written down: what a chain of
 * ten options infers over an unknown `O` keeps the compiler busy for minutes.
 */
export function withReportOptions<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
): Command<A, O & Pick<ReportOptions, keyof ReportOptions>> {
  const outputs = new Outputs();
  addTo(command)
    .option('--full', 'print everything: each finding with each remedy that was weighed')
    .option('--finding <id>', 'print this finding alone')
    .option('--case <name>', 'print this case alone: cluster/node group, or cluster/*')
    .addOption(
      new Option('--severity <severity>', 'show what is as bad, or worse').choices(severities),
    )
    .option('--rule <id>', 'show what this rule found (again for more)', ruleOption)
    .option('--cluster <name>', 'show this cluster (again for more)', again)
    .option('--json', 'print JSON: short for --format json')
    .option(
      '--format <format>',
      `one of ${Object.keys(formats).join(', ')} (again for more)`,
      (text) => outputs.format(text),
    )
    .option('-o, --output <file>', 'write the format before it to this file', (file) =>
      outputs.file(file),
    );
  return command;
}

/** Adds the option that says from which severity on findings are an error. */
export function withFailOn<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
): Command<A, O & { readonly failOn?: Severity }> {
  addTo(command).addOption(
    new Option(
      '--fail-on <severity>',
      'exit status 1 for findings as bad, or worse, alone',
    ).choices(severities),
  );
  return command;
}

/** A command as one that takes options of any kind. */
function addTo(command: unknown): CommandUnknownOpts {
  return command as CommandUnknownOpts;
}

function ruleOption(text: string, before: readonly string[] = []): string[] {
  const ids = ruleTexts.map(({ id }) => id);
  if (ids.includes(text)) return [...before, text];
  const meant = near(text, ids);
  const hint = meant.length === 0 ? ids.join(', ') : `did you mean ${meant.join(', ')}?`;
  throw new InvalidArgumentError(`should be a rule, got '${text}'; ${hint}`);
}

function again(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}
