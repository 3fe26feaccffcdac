import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.js';
import { configured } from './configuration-error.js';
import { documentName } from '../core/configuration/existing.js';
import { EXECUTION_SECONDS } from '../core/run/batches.js';
import { parsed } from '../core/text/parsed.js';
import { PROBE_VERSION } from '../probe/version.js';

/** The command line tool looks for the probe under this name. */
const DEFAULT_DOCUMENT_NAME = 'conntrack-auditor-probe';

/** Properties for `ProbeDocument`. */
export interface ProbeDocumentProps {
  /**
   * Name of the document, unique in the account and Region: 3 to 128 letters, digits, `_`, `-` or `.`.
   *
   * @default 'conntrack-auditor-probe'
   */
  readonly documentName?: string;
}

/**
 * The SSM document that holds the probe: the only thing that the auditor can run on a node.
 *
 * It takes no parameters, so SendCommand cannot hand a node anything else to run.
 */
export class ProbeDocument extends Construct {
  readonly documentName: string;
  readonly documentArn: string;

  constructor(scope: Construct, id: string, props: ProbeDocumentProps = {}) {
    super(scope, id);
    const name = checkedName(props.documentName ?? DEFAULT_DOCUMENT_NAME);

    const document = new CfnDocument(this, logicalName(name), {
      name,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::EC2::Instance',
      // A change of the probe becomes the next default version. The name stays, and so does every
      // permission that names the document.
      updateMethod: 'NewVersion',
      content: documentContent(probeScript()),
    });
    this.documentName = document.ref;
    this.documentArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'document',
      resourceName: this.documentName,
    });
  }

  /**
   * Allows to run this document, and no other, on instances that carry one of the tag keys.
   *
   * Each key has its own statement: one condition with several keys would need them all.
   */
  grantSend(sender: IConstruct & IGrantable, nodeTagKeys: readonly string[]): void {
    const instances = Stack.of(this).formatArn({
      service: 'ec2',
      resource: 'instance',
      resourceName: '*',
    });
    sender.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ssm:SendCommand'], resources: [this.documentArn] }),
    );
    for (const key of nodeTagKeys) {
      sender.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['ssm:SendCommand'],
          resources: [instances],
          conditions: { StringLike: { [`ssm:resourceTag/${key}`]: '*' } },
        }),
      );
    }
    acknowledgeWildcard(
      sender,
      instances,
      'Nodes come and go; a condition limits this to instances that carry the tag of an EKS node.',
    );
  }
}

/**
 * CloudFormation cannot rename a document in place, so another name is another document: it is made, the
 * function and its role follow, and the one before goes.
 */
function logicalName(name: string): string {
  return name === DEFAULT_DOCUMENT_NAME ? 'Document' : `Document-${name}`;
}

function checkedName(name: string): string {
  return configured(() => parsed(documentName, name, { key: 'documentName' }));
}

function probeScript(): string {
  return readFileSync(new URL('../probe/collect.sh', import.meta.url), 'utf8');
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html */
function documentContent(script: string) {
  if (script.includes('{{')) {
    throw new Error("the probe should not contain '{{': Systems Manager would read a parameter");
  }
  return {
    schemaVersion: '2.2',
    description: `Reads the connection tracking state of an EKS node. Changes nothing. Probe ${PROBE_VERSION}.`,
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'collect',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: {
          timeoutSeconds: String(EXECUTION_SECONDS),
          runCommand: script.replace(/\n$/, '').split('\n'),
        },
      },
    ],
  };
}
