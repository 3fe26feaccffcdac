import { createHash } from 'node:crypto';
import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  InvalidAccessException,
  type Resource,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { batches } from '../core/run/batches.js';
import type { Digest } from '../core/ledger/digest.js';
import type { Finding } from '../core/judge/finding.js';
import { inParts } from '../core/run/in-parts.js';
import type { Announcer, Untaken } from '../core/run/ports.js';
import { present } from '../core/text/present.js';
import { shown } from '../core/render/cut.js';
import { accountText } from '../core/render/names.js';
import { shownTexts } from '../core/render/shown-texts.js';
import { oneLine } from '../core/text/printable.js';
import { promiseText, recommendationOf } from '../core/render/recommendation.js';
import { isOver, type Transition } from '../core/ledger/transition.js';

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
const BATCH_LIMIT = 100;
/**
 * Characters of a text, which we count as bytes, and items of a list.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
const ID_LIMIT = 512;
const TITLE_LIMIT = 256;
const DESCRIPTION_LIMIT = 1_024;
const REMEDIATION_LIMIT = 512;
const RESOURCES_LIMIT = 32;
const PRODUCT_FIELD_LIMIT = 2_048;

/**
 * Which severities are imported, and as what. A house choice: a full table is an outage and no breach, so
 * nothing is CRITICAL, and notices stay out, as Security Hub bills each finding.
 */
const LABELS = { critical: 'HIGH', warning: 'MEDIUM' } as const;

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Types */
const FINDING_TYPE = 'Effects/Resource Consumption';

/** Codes of refusals that may pass; every other one is about the finding itself. */
const PASSING = /internal|throttl|limit|unavailable/i;

/** A finding as Security Hub takes it, and its own id. */
interface Import {
  readonly id: string;
  readonly finding: AwsSecurityFinding;
}

/** Whose Security Hub it is: a caller may import findings only into its own account. */
export interface SecurityHubAnnouncerOptions {
  /** Twelve digits. */
  readonly account: string;
  /** `aws`, `aws-cn` or another: the second part of every ARN here. */
  readonly partition: string;
}

/**
 * Imports critical findings and warnings into Security Hub CSPM, and archives them when they are
 * resolved, no longer audited or become notices. A finding keeps its id from audit to audit.
 *
 * It leaves alone what people decided there (workflow, note, their own severity). Security Hub itself
 * begins a new workflow when an archived finding becomes active again.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
export class SecurityHubAnnouncer implements Announcer {
  constructor(
    private readonly securityHub: SecurityHubClient,
    private readonly options: SecurityHubAnnouncerOptions,
  ) {}

  /** A hundred at a time. */
  async publish(digest: Digest): Promise<readonly Untaken[]> {
    const imports = digest.transitions.filter(isForSecurityHub).map((transition) => ({
      id: transition.finding.id,
      finding: shownTexts(importedOf(transition, digest, this.options)),
    }));
    const requests = batches(imports, BATCH_LIMIT);
    return inParts(requests, (part) => this.import(part, digest.region));
  }

  private async import(batch: readonly Import[], region: string): Promise<Untaken[]> {
    const idOf = new Map(batch.map(({ id, finding }) => [finding.Id ?? '', id]));
    try {
      const { FailedFindings: failed = [] } = await this.securityHub.send(
        new BatchImportFindingsCommand({ Findings: batch.map(({ finding }) => finding) }),
      );
      return failed.map(({ Id = '', ErrorCode = '', ErrorMessage }) => ({
        id: idOf.get(Id) ?? Id,
        why: `${ErrorCode}: ${ErrorMessage}`,
        forGood: !PASSING.test(ErrorCode),
      }));
    } catch (error) {
      if (!(error instanceof InvalidAccessException)) throw error;
      throw new Error(
        `Security Hub takes no findings in ${region}: enable Security Hub CSPM there, or deploy with securityHub false`,
        { cause: error },
      );
    }
  }
}

/** A notice counts only if it was more severe in the audit before: then it is archived. */
function isForSecurityHub({ finding, was }: Transition): boolean {
  return finding.severity !== 'notice' || (was !== undefined && was !== 'notice');
}

function importedOf(
  transition: Transition,
  { startedAt, region, runId, location, account: audited, test }: Digest,
  { account, partition }: SecurityHubAnnouncerOptions,
): AwsSecurityFinding {
  const { kind, finding, since } = transition;
  const arn = (service: string, resource: string, owner = account) =>
    `arn:${partition}:${service}:${region}:${owner}:${resource}`;
  const gone = isOver(kind) || finding.severity === 'notice';
  return {
    SchemaVersion: '2018-10-08',
    Id: idOf([...(test ? ['test'] : []), region, account, finding.id].join('/')),
    ProductArn: arn('securityhub', `product/${account}/default`),
    ProductName: 'EKS Conntrack Auditor',
    GeneratorId: `conntrack-auditor/${finding.rule}`,
    AwsAccountId: account,
    Region: region,
    CreatedAt: since,
    FirstObservedAt: since,
    // Each audit begins later than the one before; an import that is tried again changes nothing.
    UpdatedAt: startedAt,
    ...(!gone && { LastObservedAt: startedAt }),
    RecordState: gone ? 'ARCHIVED' : 'ACTIVE',
    FindingProviderFields: {
      Severity: severityOf(transition),
      Types: [FINDING_TYPE],
    },
    ...texts(transition),
    Resources: resourcesOf(finding, (service, resource) => arn(service, resource, audited?.id)),
    ProductFields: productFields({
      ...present({ account: audited && accountText(audited) }),
      finding: finding.id,
      cluster: finding.cluster,
      nodeGroup: finding.nodeGroup,
      nodes: String(finding.nodes.length),
      run: runId,
      report: location,
    }),
    ...present({ Sample: test }),
  };
}

/** Names the finding in words, or by their digest if the words are too long or cannot all be shown. */
function idOf(words: string): string {
  const id = `conntrack-auditor/${words}`;
  if (id.length <= ID_LIMIT && oneLine(id) === id) return id;
  return `conntrack-auditor/sha256/${createHash('sha256').update(words).digest('hex')}`;
}

/** A finding that became a notice keeps its label: there is none for notices. */
function severityOf({ finding, was }: Transition) {
  const severity = finding.severity === 'notice' ? was : finding.severity;
  const label = severity === 'critical' ? LABELS.critical : LABELS.warning;
  return { Label: label, Original: finding.severity };
}

function texts({ finding, note }: Transition) {
  const { title, cluster, nodeGroup, summary, why } = finding;
  const recommended = recommendationOf(finding);
  const place = nodeGroup === '*' ? `cluster ${cluster}` : `${cluster}/${nodeGroup}`;
  const said = [summary, why, note].filter((text) => text !== undefined);
  return {
    Title: shown(`${title}: ${place}`, TITLE_LIMIT),
    Description: shown(said.join('; '), DESCRIPTION_LIMIT),
    ...(recommended && {
      Remediation: {
        Recommendation: {
          Text: shown(`${promiseText(recommended)}: ${recommended.reason}`, REMEDIATION_LIMIT),
        },
      },
    }),
  };
}

/** The worst nodes, as many as Security Hub takes; the cluster where no node is named. */
function resourcesOf(
  { cluster, nodes }: Finding,
  arn: (service: string, resource: string) => string,
): Resource[] {
  if (nodes.length === 0) {
    return [{ Type: 'AwsEksCluster', Id: arn('eks', `cluster/${cluster}`) }];
  }
  return nodes.slice(0, RESOURCES_LIMIT).map(({ instanceId, instanceType }) => ({
    Type: 'AwsEc2Instance',
    Id: arn('ec2', `instance/${instanceId}`),
    ...(instanceType !== '' && { Details: { AwsEc2Instance: { Type: instanceType } } }),
  }));
}

function productFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      `conntrack-auditor/${name}`,
      shown(value, PRODUCT_FIELD_LIMIT),
    ]),
  );
}
