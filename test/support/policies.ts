import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Template } from 'aws-cdk-lib/assertions';

/** A policy as IAM reads it, with every reference of its template resolved. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly object[];
}

/** What references of a template stand for, by logical id or pseudo parameter; `Id.Arn` for an attribute. */
export type References = Readonly<Record<string, string>>;

/** Whoever asks for something, and what it may do by its own policy. */
export interface Caller {
  readonly account: string;
  /** Absent: the account is in no organization. */
  readonly organization?: string;
  /** Name of its role. */
  readonly role?: string;
  readonly policy: PolicyDocument;
}

/** May do everything, so that the policy of the resource alone decides. */
export const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** One thing that a caller wants of a resource of another account. */
export interface Wish {
  readonly action: string;
  readonly resource: string;
  readonly owner: string;
  readonly policy: PolicyDocument;
  readonly context?: Readonly<Record<string, string>>;
}

/** What IAM decides, as an evaluator of its own that knows all operators and the actions of each service. */
export async function mayDo(caller: Caller, wish: Wish): Promise<boolean> {
  const principal = `arn:aws:iam::${caller.account}:role/${caller.role ?? 'caller'}`;
  const simulated = await runSimulation(
    {
      request: {
        principal,
        action: wish.action,
        resource: { resource: wish.resource, accountId: wish.owner },
        contextVariables: {
          'aws:SecureTransport': 'true',
          'aws:PrincipalArn': principal,
          'aws:PrincipalAccount': caller.account,
          ...(caller.organization !== undefined && { 'aws:PrincipalOrgID': caller.organization }),
          ...wish.context,
        },
      },
      identityPolicies: [{ name: 'role', policy: caller.policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: wish.policy,
      additionalSettings: { s3: { blockPublicAccess: true } },
    },
    {},
  );
  if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
  return simulated.overallResult === 'Allowed';
}

/** The policy of the only resource of a type, with its references resolved. */
export function policyIn(template: Template, type: string, references: References): PolicyDocument {
  const [found, ...others] = Object.values(template.findResources(type));
  if (found === undefined || others.length > 0) throw new Error(`there should be one ${type}`);
  const { PolicyDocument, KeyPolicy } = found['Properties'] as Record<string, unknown>;
  return resolved(PolicyDocument ?? KeyPolicy, references) as PolicyDocument;
}

/** All that the policies of a role allow. */
export function rolePolicy(
  template: Template,
  roleId: RegExp,
  references: References,
): PolicyDocument {
  const Statement = Object.values(template.findResources('AWS::IAM::Policy'))
    .map(({ Properties }) => Properties as CfnPolicy)
    .filter(({ Roles }) => Roles.some(({ Ref }) => roleId.test(Ref)))
    .flatMap(({ PolicyDocument: { Statement: all } }) => all)
    .map((statement) => resolved(statement, references) as object);
  return { Version: '2012-10-17', Statement };
}

interface CfnPolicy {
  readonly Roles: readonly { readonly Ref: string }[];
  readonly PolicyDocument: PolicyDocument;
}

/** Replaces what CloudFormation would. */
function resolved(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, references));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, operand] = ['', undefined]] = entries;
  if (name === 'Ref') return known(String(operand), references);
  if (name === 'Fn::GetAtt') return known((operand as string[]).join('.'), references);
  if (name === 'Fn::Join') {
    const [separator, parts] = operand as [string, unknown[]];
    return parts.map((part) => resolved(part, references)).join(separator);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(item, references)]));
}

function known(name: string, references: References): string {
  // Another resource of the template: its ARN is no matter, and must not look like any that is asked about.
  return references[name] ?? `arn:aws:of-the-template:::${name}`;
}
