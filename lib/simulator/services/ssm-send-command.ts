import { randomUUID } from 'node:crypto';
import type { Account } from '../account.js';
import type { Command, Threshold } from '../commands.js';
import { bindParameters, executionSeconds, LARGEST_DOCUMENT, scriptLines } from '../documents.js';
import {
  isObject,
  refuseUnsupported,
  requiredText,
  text,
  texts,
  validation,
  whole,
  type Input,
} from '../protocol/input.js';
import { ServiceError } from '../protocol/service-error.js';
import { describeCommand } from './ssm-commands.js';
import { findDocument } from './ssm-documents.js';

const MOST_INSTANCES = 50;
const DELIVERY_SECONDS = { min: 30, max: 2_592_000 };
const DEFAULT_DELIVERY_SECONDS = 3_600;
const LONGEST_COMMENT = 100;

const supported = [
  'DocumentName',
  'DocumentVersion',
  'InstanceIds',
  'Parameters',
  'TimeoutSeconds',
  'Comment',
  'MaxConcurrency',
  'MaxErrors',
];

/** SendCommand to instances by id. It returns before any of them has begun. */
export function sendCommand(input: Input, account: Account): object {
  refuseUnsupported(input, supported);
  const instanceIds = readInstanceIds(input);
  const document = findDocument(requiredText(input, 'DocumentName'), account);
  const parameters = isObject(input['Parameters']) ? input['Parameters'] : {};
  refuseTooLarge(document.content, parameters);
  const values = bindParameters(document, parameters);
  const command: Command = {
    commandId: randomUUID(),
    documentName: document.name,
    documentVersion: '1',
    comment: readComment(input),
    parameters: values,
    requestedAt: account.now(),
    deliverySeconds: whole(input, 'TimeoutSeconds', DELIVERY_SECONDS) ?? DEFAULT_DELIVERY_SECONDS,
    executionSeconds: executionSeconds(document, values),
    plugin: document.plugin,
    lines: scriptLines(document, values),
    maxErrors: threshold(input, 'MaxErrors', '0', instanceIds.length),
    maxConcurrency: threshold(input, 'MaxConcurrency', '50', instanceIds.length),
    invocations: instanceIds.map((instanceId) => ({ instanceId, state: 'Pending' })),
  };
  refuseUnreachable(instanceIds, account);
  account.commands.set(command.commandId, command);
  const description = describeCommand(command);
  account.dispatch(command);
  return { Command: description };
}

function readInstanceIds(input: Input): string[] {
  const ids = [...new Set(texts(input, 'InstanceIds'))];
  if (ids.length > MOST_INSTANCES) {
    throw validation(
      `Value '[${ids.join(', ')}]' at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to ${MOST_INSTANCES}`,
    );
  }
  if (ids.length === 0) throw validation("Value at 'instanceIds' must name at least one instance");
  return ids;
}

function readComment(input: Input): string {
  const comment = text(input, 'Comment') ?? '';
  if (comment.length <= LONGEST_COMMENT) return comment;
  throw validation(
    `Value '${comment}' at 'comment' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_COMMENT}`,
  );
}

function refuseTooLarge(content: string, parameters: Input): void {
  const size = Buffer.byteLength(content) + Buffer.byteLength(JSON.stringify(parameters));
  if (size <= LARGEST_DOCUMENT) return;
  throw new ServiceError(
    'MaxDocumentSizeExceeded',
    'The size limit of a document is 64 KB, its parameters included.',
  );
}

/** One instance that cannot take a command fails the call for all of them, and is named. */
function refuseUnreachable(ids: readonly string[], { id: accountId, instances }: Account): void {
  const offenders = ids.filter((id) => {
    const node = instances.get(id);
    return node?.registration !== 'online' || node.state !== 'running';
  });
  if (offenders.length === 0) return;
  throw new ServiceError(
    'InvalidInstanceId',
    `Instances [[${offenders.join(', ')}]] not in a valid state for account ${accountId}`,
  );
}

/** A number of nodes or a share of them; a share is rounded up. */
function threshold(input: Input, name: string, fallback: string, targets: number): Threshold {
  const asked = text(input, name) ?? fallback;
  const [, digits, percent] = /^(\d{1,7})(%?)$/.exec(asked) ?? [];
  const number = Number(digits);
  const least = name === 'MaxConcurrency' ? 1 : 0;
  if (digits === undefined || number < least || (percent === '%' && number > 100)) {
    throw validation(
      `Value '${asked}' at '${name}' must be a number of at least ${least}, or a percentage`,
    );
  }
  return { asked, nodes: percent === '%' ? Math.ceil((number * targets) / 100) : number };
}
