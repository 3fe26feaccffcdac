import { readFile } from 'node:fs/promises';
import { yamlContent } from '../../configuration-file.js';
import { accountsSchema, type AccountsFile } from '../../core/configuration/accounts.js';
import { ParseError, parsed } from '../../core/text/parsed.js';

/** The accounts that a file names. Fails with the name of the file, what is wrong in it and what is allowed. */
export async function readAccounts(file: string): Promise<AccountsFile> {
  return parseAccounts(await textOf(file), file);
}

/** A text of YAML as accounts. */
function parseAccounts(text: string, name: string): AccountsFile {
  const file = parsed(accountsSchema, yamlContent(text, name) ?? {}, { name });
  const ids = file.accounts.map(({ account }) => account);
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice === undefined) return file;
  throw new ParseError(`${name}: 'accounts' should name each account once, got '${twice}' twice`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    throw new ParseError(`the accounts in '${file}' cannot be read: ${message}`, { cause: error });
  }
}
