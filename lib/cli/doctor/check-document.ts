import { GetDocumentCommand, InvalidDocument, type SSMClient } from '@aws-sdk/client-ssm';
import { SHELL_DOCUMENT } from '../../adapters/ssm-send.js';
import { Failure } from '../../adapters/service-error.js';
import { PROBE_VERSION } from '../../probe/version.js';
import { asked, fault, ok, unanswered, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'document';
const DEPLOY = 'deploy the stack of this version: npx cdk deploy';

/** Whether the document that holds the probe is there, and holds the probe of this program. */
export async function checkDocument(
  { clients, document, probe }: Patient,
  caller: Caller,
): Promise<Checked> {
  if (document === SHELL_DOCUMENT) {
    return ok(CHECK, `${document} is Amazon's own; an audit sends probe ${PROBE_VERSION} with it`);
  }
  const content = await asked('ssm:GetDocument', contentOf(clients.ssm, document));
  if (content instanceof Failure) return unanswered(CHECK, content, caller);
  if (content === undefined) {
    const says = `'${document}' does not exist in ${caller.region}`;
    return fault(CHECK, says, `${DEPLOY}; or audit with --document ${SHELL_DOCUMENT}`);
  }
  return judgeDocument(document, content, probe);
}

/** Compares what the document runs with what this program would send. */
function judgeDocument(document: string, content: string, probe: string): Checked {
  const lines = linesOf(content);
  if (lines === undefined) {
    return unknown(CHECK, `'${document}' holds nothing that can be read as the probe`, DEPLOY);
  }
  if (lines.join('\n').trimEnd() === probe.trimEnd()) {
    return ok(CHECK, `'${document}' holds probe ${PROBE_VERSION}, as this program does`);
  }
  const [, version = 'of unknown version'] = /Probe ([0-9a-f]{8})\./.exec(content) ?? [];
  const says = `'${document}' holds another probe, ${version}; this program brings ${PROBE_VERSION}`;
  return fault(CHECK, says, DEPLOY);
}

async function contentOf(ssm: SSMClient, Name: string): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetDocumentCommand({ Name }))).Content ?? '';
  } catch (error) {
    if (error instanceof InvalidDocument) return undefined;
    throw error;
  }
}

interface Steps {
  readonly mainSteps?: readonly { readonly inputs?: { readonly runCommand?: unknown } }[];
}

function linesOf(content: string): readonly unknown[] | undefined {
  try {
    const { mainSteps } = JSON.parse(content) as Steps;
    const lines = mainSteps?.[0]?.inputs?.runCommand;
    return Array.isArray(lines) ? lines : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
