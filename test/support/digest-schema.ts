import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schema/digest.v1.schema.json' with { type: 'json' };

const ajv = formats.default(new Ajv2020({ allErrors: true, strict: true }));
const published = ajv.compile(schema);
const strict = new Ajv2020({ allErrors: true, strict: false });
formats.default(strict);
const known = strict.compile(withoutOthers({ ...schema, $id: 'urn:test:strict' }) as object);

/** What is wrong with a message by the published schema. Nothing: an empty list. */
export function wrongWith(message: unknown): string[] {
  if (published(message)) return [];
  return (published.errors ?? []).map(({ instancePath, message: said = '' }) =>
    `${instancePath} ${said}`.trim(),
  );
}

/** The same, and fields that the schema does not name are wrong too: what is sent is documented. */
export function undocumentedIn(message: unknown): string[] {
  if (known(message)) return [];
  return (known.errors ?? []).map(
    ({ instancePath, params, message: said = '' }) =>
      `${instancePath} ${said} ${JSON.stringify(params)}`,
  );
}

/** Every object that names its properties allows no other. */
function withoutOthers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOthers);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutOthers(item)]),
  );
  const names = (value as { properties?: unknown; type?: unknown }).type === 'object';
  return names ? { ...inner, additionalProperties: false } : inner;
}
