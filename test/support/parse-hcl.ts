import { parse } from '@cdktf/hcl2json';

/**
 * Reads HCL with HashiCorp's own parser. That writes JSON as Terraform takes it, where a text keeps its escapes of
 * `${` and `%{`, and an expression that is no plain value is a text within `${}`.
 */
export async function parseHcl(text: string): Promise<Record<string, unknown>> {
  return unescaped(await parse('main.tf', text)) as Record<string, unknown>;
}

/** What `base64encode(…)` is given, read by the same parser. */
export async function base64Argument(expression: unknown): Promise<unknown> {
  const [, argument] = /^\$\{base64encode\((.*)\)\}$/s.exec(String(expression)) ?? [];
  if (argument === undefined) throw new Error(`no base64encode in ${String(expression)}`);
  // The escapes were taken from the expression too, and belong to it.
  const source = argument.replace(/[$%](?=\{)/g, (one) => one + one);
  return (await parseHcl(`argument = ${source}\n`))['argument'];
}

function unescaped(value: unknown): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [plain(key), unescaped(one)]),
  );
}

function plain(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}
