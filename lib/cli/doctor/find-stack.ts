import { Failure } from '../../adapters/service-error.js';
import { present } from '../../core/text/present.js';
import { asked, fault, ok, unanswered, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'stack';

/** What the deployed stack says of itself. */
export interface Deployed {
  readonly checked: Checked;
  readonly topic?: string;
  readonly bucket?: string;
  /** The command that starts an audit. */
  readonly auditNow?: string;
}

/** Finds topic and bucket by the outputs of the stack. What people name goes before them. */
export async function findStack(patient: Patient, caller: Caller): Promise<Deployed> {
  const { stack, topic, bucket } = patient;
  const named = present({ topic, bucket });
  if (topic !== undefined && bucket !== undefined) {
    return { ...named, checked: ok(CHECK, 'not looked at: topic and bucket are named') };
  }
  const found = await asked('cloudformation:DescribeStacks', patient.stackOf(stack));
  if (found instanceof Failure) return { ...named, checked: withoutStack(found, stack, caller) };
  const { status, outputs } = found;
  return {
    ...present({
      topic: outputs.get('TopicArn'),
      bucket: outputs.get('BucketName'),
      auditNow: outputs.get('AuditNow'),
    }),
    ...named,
    checked: judgeStatus(stack, status),
  };
}

function judgeStatus(stack: string, status: string): Checked {
  const says = `'${stack}' is ${status}`;
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE/.test(status)) return ok(CHECK, says);
  return fault(CHECK, says, `aws cloudformation describe-stack-events --stack-name ${stack}`);
}

function withoutStack(failure: Failure, stack: string, caller: Caller): Checked {
  if (!/does not exist/.test(failure.detail)) return unanswered(CHECK, failure, caller);
  return unknown(
    CHECK,
    `no stack is called '${stack}' in ${caller.region}`,
    'name it with --stack, or its parts with --topic and --bucket; or deploy it: npx cdk deploy',
  );
}
