import { awsJson } from '../protocol/aws-json.js';
import { getCommandInvocation, listCommandInvocations, listCommands } from './ssm-commands.js';
import { createDocument, describeDocument, getDocument } from './ssm-documents.js';
import { describeInstanceInformation } from './ssm-instances.js';
import { sendCommand } from './ssm-send-command.js';

/** The AWS Systems Manager of the account: documents, managed nodes and Run Command. */
export const ssm = awsJson('ssm', {
  CreateDocument: createDocument,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  DescribeInstanceInformation: describeInstanceInformation,
  SendCommand: sendCommand,
  ListCommands: listCommands,
  ListCommandInvocations: listCommandInvocations,
  GetCommandInvocation: getCommandInvocation,
});
