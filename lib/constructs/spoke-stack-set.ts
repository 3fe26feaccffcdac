import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnStackSet, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { organizationalUnits, percentage } from '../core/configuration/organization.js';
import { parsed } from '../core/text/parsed.js';
import { present } from '../core/text/present.js';
import { configured } from './configuration-error.js';
import type { HubAddress } from './hub-address.js';
import { checkRegions } from './regions.js';
import { type SpokeParameter, type SpokeProps, spokeTemplate } from './spoke-template.js';

/** Which accounts and Regions get an auditor, and how. */
export interface Members {
  /** Ids of the organizational units, or of the root, whose accounts get an auditor: those to come as well. */
  readonly organizationalUnits: string[];

  /** The Regions of each account that get one. */
  readonly regions: string[];

  /**
   * Whether accounts that join an organizational unit get an auditor by themselves, and lose it when they leave.
   *
   * @default true
   */
  readonly autoDeployment?: boolean;

  /**
   * In how many percent of the accounts of a Region the deployment may fail before it stops.
   *
   * @default 10
   */
  readonly failureTolerance?: number;

  /**
   * In how many percent of the accounts of a Region it deploys at a time.
   *
   * @default 25
   */
  readonly concurrency?: number;

  /**
   * Whether the account of the hub is a delegated administrator of StackSets. Say false where it is the management
   * account of the organization.
   *
   * @default true
   */
  readonly delegatedAdmin?: boolean;

  /**
   * What is the same for every auditor.
   *
   * @default - the defaults of `ConntrackAuditor`
   */
  readonly auditor?: SpokeProps;
}

/** Properties for `SpokeStackSet`. */
export interface SpokeStackSetProps {
  readonly hub: HubAddress;
  readonly members: Members;
  readonly codeBucketPrefix: string;
  /** Key of the zip in the code bucket of each Region. */
  readonly objectKey: string;
}

const FAILURE_TOLERANCE = 10;
const CONCURRENCY = 25;

/** The auditors of an organization: one in each Region of each account of its units. */
export class SpokeStackSet extends Construct {
  constructor(scope: Construct, id: string, props: SpokeStackSetProps) {
    super(scope, id);
    const { hub, objectKey, codeBucketPrefix } = props;
    const { account, stackName } = Stack.of(this);
    const members = checkMembers(props.members);
    const template = spokeTemplate(this, {
      spoke: members.auditor ?? {},
      objectKey,
      hasKey: hub.keyArn !== undefined,
    });
    const given: Record<SpokeParameter, string | undefined> = {
      TopicArn: hub.topicArn,
      BucketName: hub.bucketName,
      CodeBucketPrefix: codeBucketPrefix,
      CodeAccount: account,
      KeyArn: hub.keyArn,
    };
    const { autoDeployment = true, delegatedAdmin = true } = members;
    new CfnStackSet(this, 'StackSet', {
      stackSetName: `${stackName}-members`,
      description: 'Auditors of the connection tracking of EKS nodes',
      permissionModel: 'SERVICE_MANAGED',
      callAs: delegatedAdmin ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_IAM'],
      templateUrl: publishedTemplate(this, template),
      parameters: Object.entries(present(given)).map(([parameterKey, parameterValue]) => ({
        ...{ parameterKey, parameterValue },
      })),
      autoDeployment: {
        enabled: autoDeployment,
        ...(autoDeployment && { retainStacksOnAccountRemoval: false }),
      },
      managedExecution: { Active: true },
      operationPreferences: {
        failureTolerancePercentage: members.failureTolerance ?? FAILURE_TOLERANCE,
        maxConcurrentPercentage: members.concurrency ?? CONCURRENCY,
        regionConcurrencyType: 'PARALLEL',
      },
      stackInstancesGroup: [
        {
          deploymentTargets: { organizationalUnitIds: members.organizationalUnits },
          regions: members.regions,
        },
      ],
    });
  }
}

/** Publishes the template beside that of the stack, as it is larger than one may be inside of another. */
function publishedTemplate(scope: Construct, template: object): string {
  const stack = Stack.of(scope);
  const text = JSON.stringify(template, undefined, 1);
  const fileName = `${stack.artifactId}Member.template.json`;
  writeFileSync(join(Stage.of(scope)?.outdir ?? '', fileName), text);
  const sourceHash = createHash('sha256').update(text).digest('hex');
  const packaging = FileAssetPackaging.FILE;
  return stack.synthesizer.addFileAsset({ fileName, packaging, sourceHash }).httpUrl;
}

/** The members, with the shape of each checked. */
function checkMembers(members: Members): Members {
  return configured(() => {
    const { organizationalUnits: units, failureTolerance, concurrency } = members;
    parsed(organizationalUnits, units, { key: 'organizationalUnits' });
    checkRegions(members.regions);
    for (const [key, value] of Object.entries(present({ failureTolerance, concurrency }))) {
      parsed(percentage, value, { key });
    }
    return members;
  });
}
