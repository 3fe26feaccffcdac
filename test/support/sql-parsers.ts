import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Parsers from 'dt-sql-parser';
import { build } from 'esbuild';

/** A message for each fault that the grammar of one dialect finds in a text. */
export type Faults = (sql: string) => readonly string[];

/**
 * The grammars of Trino, which Athena speaks in queries, and of Hive, which it speaks in statements
 * about tables. They know words and their order. They look up no table, column or function, compare no
 * types, and know nothing of what Athena itself leaves out or adds.
 *
 * The package is written for bundlers: its imports name folders, which Node does not follow.
 */
export async function sqlParsers(): Promise<{ readonly trino: Faults; readonly hive: Faults }> {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const outfile = join(mkdtempSync(join(tmpdir(), 'sql-parsers-')), 'parsers.mjs');
  await build({
    stdin: { contents: "export { HiveSQL, TrinoSQL } from 'dt-sql-parser';", resolveDir },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const { HiveSQL, TrinoSQL } = (await import(pathToFileURL(outfile).href)) as typeof Parsers;
  const faults = (parser: { validate(sql: string): { readonly message: string }[] }): Faults => {
    return (sql) => parser.validate(sql).map(({ message }) => message);
  };
  return { trino: faults(new TrinoSQL()), hive: faults(new HiveSQL()) };
}
