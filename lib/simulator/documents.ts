import { isObject, objects, requiredText, text, texts, type Input } from './protocol/input.js';
import { ServiceError } from './protocol/service-error.js';
import { executionTimeout } from './ssm-agent.js';

/** One parameter that a document declares. */
export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  /** Absent: the caller must give it. */
  readonly fallback?: readonly string[];
}

/** A Command document with its one script. */
export interface CommandDocument {
  readonly name: string;
  /** The JSON as it was created. */
  readonly content: string;
  readonly createdAt: Date;
  readonly owner: 'self' | 'Amazon';
  readonly parameters: readonly Parameter[];
  /** Name of the step. */
  readonly plugin: string;
  readonly lines: readonly string[];
  /** `timeoutSeconds` of the step; may hold a `{{ parameter }}`. */
  readonly timeout: string;
}

type Values = Readonly<Record<string, readonly string[]>>;

/** Systems Manager's own limit for content and parameters together. */
export const LARGEST_DOCUMENT = 64 * 1024;
const placeholder = /\{\{\s*([\w-]+)\s*\}\}/g;

/**
 * Reads the content of a document. Takes only what this account can run: schema 2.2 with one step of
 * `aws:runShellScript`.
 */
export function parseDocument(
  name: string,
  content: string,
  origin: Pick<CommandDocument, 'owner' | 'createdAt'>,
): CommandDocument {
  if (Buffer.byteLength(content) > LARGEST_DOCUMENT) {
    throw new ServiceError('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.');
  }
  const body = parseJson(content);
  if (body['schemaVersion'] !== '2.2') {
    throw new ServiceError('InvalidDocumentSchemaVersion', 'schemaVersion must be 2.2');
  }
  const [step, ...more] = objects(body, 'mainSteps', invalidContent);
  if (step?.['action'] !== 'aws:runShellScript' || more.length > 0) {
    throw invalidContent('mainSteps must hold one step of aws:runShellScript');
  }
  const inputs = isObject(step['inputs']) ? step['inputs'] : {};
  const document: CommandDocument = {
    name,
    content,
    ...origin,
    parameters: declared(body),
    plugin: requiredText(step, 'name', invalidContent),
    lines: texts(inputs, 'runCommand', invalidContent),
    timeout: text(inputs, 'timeoutSeconds', invalidContent) ?? '',
  };
  checkPlaceholders(document);
  return document;
}

/** The values of a run: the caller's, or the document's own. Refuses undeclared names. */
export function bindParameters(document: CommandDocument, given: Input): Values {
  const known = document.parameters.map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw invalidParameters(`document ${document.name} does not define ${unknown.join(', ')}`);
  }
  return Object.fromEntries(
    document.parameters.map(({ name, fallback }) => {
      const values = given[name] === undefined ? fallback : texts(given, name, invalidParameters);
      if (values === undefined) throw invalidParameters(`parameter ${name} requires a value`);
      return [name, values];
    }),
  );
}

/** The script of a run: a line that is nothing but a list parameter becomes all of its lines. */
export function scriptLines({ lines }: CommandDocument, values: Values): string[] {
  return lines.flatMap((line) => {
    const whole = /^\{\{\s*([\w-]+)\s*\}\}$/.exec(line)?.[1];
    return whole === undefined ? [fill(line, values)] : (values[whole] ?? []);
  });
}

/** Seconds that the agent allows the script. */
export function executionSeconds({ timeout }: CommandDocument, values: Values): number {
  return executionTimeout(fill(timeout, values));
}

function fill(line: string, values: Values): string {
  return line.replace(placeholder, (_, name: string) => (values[name] ?? []).join(','));
}

function declared(body: Input): Parameter[] {
  const parameters = isObject(body['parameters']) ? body['parameters'] : {};
  return Object.entries(parameters).map(([name, definition]) => {
    const type = isObject(definition) ? definition['type'] : undefined;
    if (!isObject(definition) || (type !== 'String' && type !== 'StringList')) {
      throw invalidContent(`parameter ${name} must be of type String or StringList`);
    }
    const fallback = definition['default'];
    if (fallback === undefined) return { name, type };
    const values = type === 'String' ? [fallback] : fallback;
    return { name, type, fallback: texts({ default: values }, 'default', invalidContent) };
  });
}

/** Systems Manager takes any `{{ }}` in a script for a parameter. */
function checkPlaceholders({ lines, timeout, parameters }: CommandDocument): void {
  for (const line of [...lines, timeout]) {
    for (const [, name] of line.matchAll(placeholder)) {
      if (parameters.some((parameter) => parameter.name === name)) continue;
      throw invalidContent(`{{ ${name ?? ''} }} is not a parameter of the document`);
    }
  }
}

function parseJson(content: string): Input {
  let body: unknown;
  try {
    body = JSON.parse(content);
  } catch (error) {
    throw invalidContent(
      `the content is not JSON, the one format of this account: ${String(error)}`,
    );
  }
  if (isObject(body)) return body;
  throw invalidContent('the content is not a JSON object');
}

function invalidContent(message: string): ServiceError {
  return new ServiceError('InvalidDocumentContent', message);
}

function invalidParameters(message: string): ServiceError {
  return new ServiceError('InvalidParameters', message);
}
