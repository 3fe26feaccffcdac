import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Records for cdk-nag why a permission of this construct ends in a wildcard. */
export function acknowledgeWildcard(scope: IConstruct, resource: string, reason: string): void {
  const id = `AwsSolutions-IAM5[Resource::${spelled(Stack.of(scope).resolve(resource))}]`;
  Validations.of(scope).acknowledge({ id, reason });
}

/**
 * A resolved ARN as cdk-nag spells it in its ids: references in angle brackets.
 * @see https://github.com/cdklabs/cdk-nag#acknowledging-a-rule
 */
function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(spelled).join('');
  const [[kind, operand] = []] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Fn::Join') return spelled((operand as unknown[])[1]);
  if (kind === 'Ref') return `<${String(operand)}>`;
  if (kind === 'Fn::GetAtt') return `<${(operand as string[]).join('.')}>`;
  return JSON.stringify(value);
}
