import { Buffer } from 'node:buffer';
import type { Client } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_STRUCTURED, MOST_TEXT } from '../../lib/mcp/boundary.js';
import { tools } from '../../lib/mcp/tools.js';
import { ESCAPE } from '../support/escapes.js';
import { aDemoRun, call, linkedClient } from '../support/mcp-client.js';
import { anyArguments, namesOf, type Schema } from '../support/tool-arguments.js';

/** Cases of each tool: bounded, as each judges, plans or renders for real. */
const CASES = 80;

let client: Client;
let names: ReturnType<typeof namesOf>;

beforeAll(async () => {
  const run = await aDemoRun();
  client = await linkedClient([run]);
  names = namesOf(await run.judged(), run.id);
});

/** What an error of ours never reads like: one of the language, or of an answer against its own schema. */
const BROKEN =
  /undefined|is not a function|not iterable|cannot read|reading '|Output validation|Maximum call/i;

describe('any arguments', () => {
  it.each(tools.map(({ name }) => name))(
    'get an answer within its bounds, or an error of one line: %s',
    async (name) => {
      const { tools: listed } = await client.listTools();
      const schema = listed.find((one) => one.name === name)?.inputSchema as Schema;
      let answers = 0;
      let errors = 0;
      await fc.assert(
        fc.asyncProperty(anyArguments(schema, names), async (asked) => {
          const { isError, text, structured } = await call(client, name, asked);
          if (isError) errors += 1;
          else answers += 1;
          expect(text).not.toMatch(ESCAPE);
          expect(text).not.toBe('');
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(isError ? 1_100 : MOST_TEXT);
          expect(sizeOf(structured)).toBeLessThanOrEqual(MOST_STRUCTURED);
          if (isError) expect(text).not.toMatch(BROKEN);
        }),
        { numRuns: CASES, seed: 7 },
      );
      // Both were met, so that neither half of this test is empty.
      expect(answers).toBeGreaterThan(5);
      expect(errors).toBeGreaterThan(2);
    },
  );

  it('are refused where they are no object, or too many', async () => {
    const rule = Array.from({ length: 500 }, () => 'hot-node');
    expect(await call(client, 'findings', { rule })).toMatchObject({ isError: true });
    await expect(client.callTool({ name: 'no-such-tool', arguments: {} })).rejects.toThrow(
      'no-such-tool',
    );
    await expect(call(client, 'runs', ['x'])).rejects.toThrow('Invalid tools/call request');
  });
});

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
