import { type Command, InvalidArgumentError, type OptionValues } from '@commander-js/extra-typings';
import type { ClusterGlobs } from '../adapters/eks-clusters.js';
import { CONFIGURATION_FILE, readConfiguration } from '../configuration-file.js';
import { policyOf } from '../core/configuration/policy-of.js';
import { defaultPolicy, policyOver, share, type Policy } from '../core/judge/policy.js';
import type { Configuration } from '../core/configuration/configuration.js';
import type { Mute } from '../core/mutes/mute.js';
import { ParseError, parsed } from '../core/text/parsed.js';
import { present } from '../core/text/present.js';
import { muteOption } from './mute-option.js';

/** What a command line may choose over the configuration file. */
export interface SettingsOptions {
  readonly config?: string;
  readonly warningUsage?: number;
  readonly criticalUsage?: number;
  readonly targetUsage?: number;
  readonly mute?: readonly Mute[];
}

/** What a command line and the configuration file choose together. */
export interface Settings {
  readonly policy: Policy;
  readonly mutes: readonly Mute[];
  /** Those of the configuration file. */
  readonly clusters: ClusterGlobs;
  /** Those of the configuration file, beside the tags of AWS. */
  readonly nodeTagKeys: readonly string[];
}

/** Adds the options that choose a policy. `unnamed`: what holds where no file is named. */
export function withPolicyOptions<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
  unnamed = `${CONFIGURATION_FILE}, where there is one`,
) {
  return command
    .option('--config <file>', `configuration (default: ${unnamed})`)
    .option('--warning-usage <share>', 'usage at which a node is reported', shareOption)
    .option('--critical-usage <share>', 'usage at which it is critical', shareOption)
    .option('--target-usage <share>', 'usage that a remedy aims for', shareOption);
}

/** Adds the options that choose a policy, and the one for mutes. */
export function withSettingsOptions<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
) {
  return withPolicyOptions(command).option(
    '--mute <mute>',
    'rule=...,cluster=...,nodeGroup=...,instanceId=...,until=2026-12-01,reason=why (again for more)',
    muteOption,
  );
}

/** The settings in force: the options, else the configuration file, else the default. */
export async function resolveSettings(options: SettingsOptions): Promise<Settings> {
  const { config, mute = [] } = options;
  const file = await readConfiguration(config);
  return {
    policy: policyFrom(options, file, defaultPolicy),
    mutes: [...(file.silences ?? []), ...mute],
    clusters: file.clusters ?? { include: [], exclude: [] },
    nodeTagKeys: file.nodeTagKeys ?? [],
  };
}

/**
 * The policy of a saved run with the options over it. A configuration file counts only if it is named: the
 * one in this folder may be for another fleet.
 */
export async function policyOverSaved(
  options: SettingsOptions,
): Promise<(saved: Policy) => Policy> {
  const { config } = options;
  const file = config === undefined ? {} : await readConfiguration(config);
  return (saved) => policyFrom(options, file, saved);
}

function policyFrom(
  { config, warningUsage, criticalUsage, targetUsage }: SettingsOptions,
  file: Configuration,
  base: Policy,
): Policy {
  const usages = present({ warningUsage, criticalUsage, targetUsage });
  // Where an option takes part, the file alone is not to blame.
  const place = Object.keys(usages).length > 0 ? {} : { name: config ?? CONFIGURATION_FILE };
  return parsed(policyOver(base), { ...policyOf(file), ...usages }, place);
}

function shareOption(text: string): number {
  try {
    return parsed(share, /^\d*\.?\d+$/.test(text) ? Number(text) : text);
  } catch (error) {
    if (error instanceof ParseError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
