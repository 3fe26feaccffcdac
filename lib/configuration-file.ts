import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { configurationSchema, type Configuration } from './core/configuration/configuration.js';
import { ParseError, parsed } from './core/text/parsed.js';

/** Where the laptop and the stack look when nobody names a file: in the current folder. */
export const CONFIGURATION_FILE = 'conntrack-auditor.yaml';

/**
 * The configuration in a file. The usual one need not be there, one that is named must be. Fails on what
 * is no YAML and on what no configuration has, with the name of the file.
 */
export async function readConfiguration(file?: string): Promise<Configuration> {
  const name = file ?? CONFIGURATION_FILE;
  const text = await textOf(name, file === undefined);
  return text === undefined ? {} : parseConfiguration(text, name);
}

/** A text of YAML as a configuration. A text that holds nothing chooses nothing. */
export function parseConfiguration(text: string, name: string): Configuration {
  return parsed(configurationSchema, yamlContent(text, name) ?? {}, { name });
}

/** What a text of YAML holds. Fails on what is no YAML, with the name of its file. */
export function yamlContent(text: string, name: string): unknown {
  const document = parseDocument(text);
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) throw noYaml(name, wrong);
  try {
    return document.toJS();
  } catch (error) {
    // An alias without an anchor: most likely a glob.
    const hint = 'a text that begins with * needs quotes';
    throw noYaml(name, error, hint);
  }
}

function noYaml(name: string, error: unknown, hint?: string): ParseError {
  // What follows the first line is a picture of the place, and what follows a semicolon is for programmers.
  const [says = ''] = (error instanceof Error ? error.message : String(error)).split(/:?\n|;/);
  const more = hint === undefined ? '' : `; ${hint}`;
  return new ParseError(`${name} should be YAML: ${says}${more}`, { cause: error });
}

async function textOf(name: string, mayBeMissing: boolean): Promise<string | undefined> {
  try {
    return await readFile(name, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && mayBeMissing) return undefined;
    throw new ParseError(`the configuration '${name}' cannot be read: ${message}`, {
      cause: error,
    });
  }
}
