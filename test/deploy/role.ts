import type { Ask } from './asker.js';

/** One thing that a request wants to do: AWS judges each of them by itself. */
export interface Wish {
  /** `ssm:SendCommand`. */
  readonly action: string;
  readonly resource: string;
  /** Keys that conditions may name. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Reads what the policies of a role say, in its account. Policies of AWS, which are for its log, are left out. */
export async function statementsOf(ask: Ask, roleArn: string): Promise<Statement[]> {
  const RoleName = roleArn.split('/').pop();
  const [listed] = await ask(['iam', 'list_role_policies', { RoleName }]);
  const { PolicyNames } = listed as { PolicyNames: string[] };
  const policies = await ask(
    ...PolicyNames.map(
      (PolicyName) => ['iam', 'get_role_policy', { RoleName, PolicyName }] as const,
    ),
  );
  return policies.flatMap(
    (policy) => (policy as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement,
  );
}

/**
 * Whether these statements allow it: one that allows, and none that denies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(statements: readonly Statement[], wish: Wish): boolean {
  const concerned = statements.filter((statement) => concerns(statement, wish));
  return (
    concerned.some(({ Effect }) => Effect === 'Allow') &&
    concerned.every(({ Effect }) => Effect !== 'Deny')
  );
}

function concerns({ Action, Resource, Condition = {} }: Statement, wish: Wish): boolean {
  return (
    list(Action).some((pattern) => like(pattern.toLowerCase(), wish.action.toLowerCase())) &&
    list(Resource).some((pattern) => like(pattern, wish.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, list(values), wish.context[key] ?? []),
      ),
    )
  );
}

/** Fails on an operator that it does not know, as a condition that is passed over says nothing. */
function holds(operator: string, wanted: readonly string[], found: readonly string[]): boolean {
  const [quantifier, comparison] = operator.includes(':') ? operator.split(':') : ['', operator];
  const matches = (value: string) => wanted.some((one) => compare(comparison ?? '', one, value));
  if (quantifier === 'ForAllValues') return found.every(matches);
  if (quantifier === '' || quantifier === 'ForAnyValue') return found.some(matches);
  throw new Error(`the condition operator '${operator}' is not known here`);
}

function compare(operator: string, wanted: string, value: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return wanted === value;
    case 'StringLike':
    case 'ArnLike':
      return like(wanted, value);
    case 'Bool':
      return wanted.toLowerCase() === value;
    default:
      throw new Error(`the condition operator '${operator}' is not known here`);
  }
}

/** `*` is any text and `?` one character. */
function like(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

export type { Statement };
