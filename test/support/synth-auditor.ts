import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  ConntrackAuditor,
  type ConntrackAuditorProps,
} from '../../lib/constructs/conntrack-auditor.js';

/** A folder that looks like the built handler, so that no test needs a build. */
export const handlerDirectory = fileURLToPath(new URL('../fixtures/handler', import.meta.url));

/** The context of a deployment: templates are asserted on as they will be deployed. */
export const cdkContext = (
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
    context: Record<string, unknown>;
  }
).context;

/** An auditor in a stack of its own, and the template it becomes. */
export function synthAuditor(
  props: ConntrackAuditorProps | ((stack: Stack) => ConntrackAuditorProps) = {},
) {
  const stack = new Stack(new App({ context: cdkContext }), 'Test');
  const given = typeof props === 'function' ? props(stack) : props;
  const auditor = new ConntrackAuditor(stack, 'Auditor', { handlerDirectory, ...given });
  return { auditor, stack, template: Template.fromStack(stack) };
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  /** Resolved as far as text can be: references become their logical ids in `<>`. */
  readonly resources: readonly string[];
  readonly condition: unknown;
}

/** Every statement of the policies of the role that a function has. */
export function roleStatements(template: Template, roleId: RegExp): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as CfnPolicy[];
  return policies
    .filter(({ Properties: { Roles } }) => Roles.some(({ Ref }) => roleId.test(Ref)))
    .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement)
    .map(({ Effect, Action, Resource, Condition }) => ({
      effect: Effect,
      actions: [Action].flat(),
      resources: (Array.isArray(Resource) ? Resource : [Resource]).map(spelled),
      condition: Condition,
    }));
}

interface CfnPolicy {
  readonly Properties: {
    readonly Roles: readonly { readonly Ref: string }[];
    readonly PolicyDocument: {
      readonly Statement: readonly {
        readonly Effect: string;
        readonly Action: string | string[];
        readonly Resource: unknown;
        readonly Condition?: unknown;
      }[];
    };
  };
}

function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': att, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${Ref}>`;
  if (Array.isArray(att)) return `<${att.join('.')}>`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(spelled).join('');
  return JSON.stringify(value);
}
