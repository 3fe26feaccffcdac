import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schema/configuration.v1.schema.json' with { type: 'json' };

const published = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(
  schema,
);

/** Whether an editor that knows the published schema finds nothing wrong with a configuration. */
export function editorTakes(configuration: unknown): boolean {
  return published(configuration);
}
