import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { keyed } from '../core/text/keyed.js';
import { ParseError, parsed } from '../core/text/parsed.js';

/**
 * The schema of a tool's arguments as the SDK takes it. A refusal is a line of ours, which names the key, the value and
 * what is allowed, and an unknown key is refused.
 */
export function argumentsSchema(entries: v.ObjectEntries): Schema {
  return standard(keyed(entries), v.strictObject(entries));
}

/** The schema of a tool's answer. The SDK holds each answer to it. */
export function answerSchema(entries: v.ObjectEntries): Schema {
  const schema = v.strictObject(entries);
  return standard(schema, schema);
}

type Value = Record<string, unknown>;
type Schema = StandardSchemaWithJSON<unknown, Value>;

function standard(schema: v.GenericSchema<unknown, Value>, published: v.GenericSchema): Schema {
  // A check of ours has no form in JSON Schema: the client sees its description, and the server holds to it.
  const options = { target: 'draft-2020-12', errorMode: 'ignore' } as const;
  const json = (typeMode: 'input' | 'output') => ({
    ...toJsonSchema(published, { ...options, typeMode }),
  });
  const validate = (value: unknown) => {
    try {
      return { value: parsed(schema, value) };
    } catch (error) {
      if (error instanceof ParseError) return { issues: [{ message: error.message }] };
      throw error;
    }
  };
  const jsonSchema = { input: () => json('input'), output: () => json('output') };
  return { '~standard': { version: 1, vendor: 'conntrack-auditor', validate, jsonSchema } };
}
