import { createHash } from 'node:crypto';
import type { Account } from '../account.js';
import { parseDocument, type CommandDocument } from '../documents.js';
import {
  refuseUnsupported,
  requiredText,
  text,
  validation,
  type Input,
} from '../protocol/input.js';
import { ServiceError } from '../protocol/service-error.js';

/** Beginnings that Systems Manager keeps for itself. */
const reservedNames = /^(aws|amazon|amzn)/i;
const documentName = /^[a-zA-Z0-9_\-.]{3,128}$/;

/** CreateDocument, for Command documents in JSON. */
export function createDocument(input: Input, account: Account): object {
  refuseUnsupported(input, ['Name', 'Content', 'DocumentType', 'DocumentFormat', 'TargetType']);
  const name = requiredText(input, 'Name');
  if (!documentName.test(name)) {
    throw validation(`Value '${name}' at 'name' must match ${documentName.source}`);
  }
  if (reservedNames.test(name)) {
    throw validation(`Document name ${name} begins with a reserved prefix: aws, amazon, amzn`);
  }
  if ((text(input, 'DocumentType') ?? 'Command') !== 'Command') {
    throw validation("Value at 'documentType' must be Command in the simulated account");
  }
  if (account.documents.has(name)) {
    throw new ServiceError('DocumentAlreadyExists', `Document ${name} already exists`);
  }
  const content = requiredText(input, 'Content');
  const document = parseDocument(name, content, { owner: 'self', createdAt: account.now() });
  account.documents.set(name, document);
  return { DocumentDescription: description(document, account) };
}

/** DescribeDocument. */
export function describeDocument(input: Input, account: Account): object {
  return { Document: description(findDocument(requiredText(input, 'Name'), account), account) };
}

/** GetDocument. */
export function getDocument(input: Input, account: Account): object {
  const { name, content } = findDocument(requiredText(input, 'Name'), account);
  return {
    Name: name,
    Content: content,
    DocumentVersion: '1',
    Status: 'Active',
    DocumentType: 'Command',
    DocumentFormat: 'JSON',
  };
}

/** A document by its name or ARN. Fails with `InvalidDocument`. */
export function findDocument(nameOrArn: string, account: Account): CommandDocument {
  const name = nameOrArn.replace(/^arn:[^/]*:document\//, '');
  const document = account.documents.get(name);
  if (document !== undefined) return document;
  throw new ServiceError('InvalidDocument', `Document with name ${name} does not exist.`);
}

function description(
  { name, content, owner, createdAt, parameters }: CommandDocument,
  { id }: Account,
): object {
  return {
    Name: name,
    Owner: owner === 'self' ? id : owner,
    CreatedDate: createdAt.getTime() / 1000,
    Status: 'Active',
    DocumentVersion: '1',
    DefaultVersion: '1',
    LatestVersion: '1',
    DocumentType: 'Command',
    DocumentFormat: 'JSON',
    SchemaVersion: '2.2',
    TargetType: '/AWS::EC2::Instance',
    PlatformTypes: ['Linux'],
    Hash: createHash('sha256').update(content).digest('hex'),
    HashType: 'Sha256',
    Parameters: parameters.map((parameter) => ({
      Name: parameter.name,
      Type: parameter.type,
      DefaultValue: parameter.fallback?.join(','),
    })),
  };
}
