import { ACCOUNT_ID, REGION } from '../../../lib/simulator/account.js';
import { awsJsonError } from '../../../lib/simulator/protocol/aws-json.js';
import { ec2Error, queryError, s3Error } from '../../../lib/simulator/protocol/ec2-query.js';
import type { AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { restJsonError } from '../../../lib/simulator/protocol/rest-json.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';
import type { Fault, FaultKind } from './fault.js';
import type { Operation } from './operation.js';

type Spoken = Extract<
  FaultKind,
  'refused' | 'refused-bare' | 'disabled' | 'throttled' | 'broken' | 'malformed' | 'empty'
>;

/** How each service says that it would not, that it was asked too often, and that it broke: code and status. */
const words: Readonly<Record<string, Readonly<Record<'no' | 'slow' | 'broke', [string, number]>>>> =
  {
    eks: {
      no: ['AccessDeniedException', 403],
      slow: ['ThrottlingException', 429],
      broke: ['ServerException', 500],
    },
    ec2: {
      no: ['UnauthorizedOperation', 403],
      slow: ['RequestLimitExceeded', 503],
      broke: ['InternalError', 500],
    },
    ssm: {
      no: ['AccessDeniedException', 400],
      slow: ['ThrottlingException', 400],
      broke: ['InternalServerError', 500],
    },
    s3: { no: ['AccessDenied', 403], slow: ['SlowDown', 503], broke: ['InternalError', 500] },
    sns: {
      no: ['AuthorizationError', 403],
      slow: ['Throttling', 400],
      broke: ['InternalFailure', 500],
    },
    events: {
      no: ['AccessDeniedException', 400],
      slow: ['ThrottlingException', 400],
      broke: ['InternalException', 500],
    },
    securityhub: {
      no: ['AccessDeniedException', 403],
      slow: ['TooManyRequestsException', 429],
      broke: ['InternalException', 500],
    },
    tagging: {
      no: ['AccessDeniedException', 400],
      slow: ['ThrottledException', 400],
      broke: ['InternalServiceException', 500],
    },
    sts: { no: ['AccessDenied', 403], slow: ['Throttling', 400], broke: ['InternalFailure', 500] },
    iam: { no: ['AccessDenied', 403], slow: ['Throttling', 400], broke: ['ServiceFailure', 500] },
  };

/** What the service says instead of an answer. */
export function spoken(service: string, fault: Fault, operation: Operation): AwsResponse {
  const kind = fault.kind as Spoken;
  if (kind === 'malformed') return { status: 200, contentType: 'text/html', body: '<html><body>{' };
  if (kind === 'empty') return { status: 200, contentType: 'text/plain', body: '' };
  return asError(service, errorOf(service, kind, operation, fault.about));
}

function errorOf(
  service: string,
  kind: Exclude<Spoken, 'malformed' | 'empty'>,
  { name, subject }: Operation,
  about: string | undefined,
): ServiceError {
  const said = words[service];
  if (said === undefined) throw new Error(`nobody knows how '${service}' refuses`);
  switch (kind) {
    case 'refused':
      return new ServiceError(said.no[0], denial(name, about ?? subject), said.no[1]);
    case 'refused-bare':
      return new ServiceError(said.no[0], 'User is not authorized to do this', said.no[1]);
    case 'disabled': {
      const message = `Account ${ACCOUNT_ID} is not subscribed to AWS Security Hub`;
      return new ServiceError('InvalidAccessException', message, 401);
    }
    case 'throttled':
      return new ServiceError(said.slow[0], 'Rate exceeded', said.slow[1]);
    case 'broken':
      return new ServiceError(said.broke[0], 'An internal error has occurred', said.broke[1]);
  }
}

/**
 * IAM's sentence.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function denial(action: string, subject: string): string {
  const user = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/conntrack-auditor/audit`;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${arnOf(action, subject)} because no identity-based policy allows the ${action} action`;
}

function arnOf(action: string, subject: string): string {
  const [service = ''] = action.split(':');
  const own = `${REGION}:${ACCOUNT_ID}`;
  if (action === 'ssm:SendCommand' && /^i-/.test(subject)) {
    return `arn:aws:ec2:${own}:instance/${subject}`;
  }
  if (service === 's3') return `"arn:aws:s3:::conntrack-auditor-runs/${subject}"`;
  if (service === 'eks' && subject !== '') {
    return `arn:aws:eks:${own}:${action === 'eks:DescribeNodegroup' ? 'nodegroup' : 'cluster'}/${subject}`;
  }
  return service === 'sns' ? subject : '*';
}

export function asError(service: string, error: ServiceError): AwsResponse {
  switch (service) {
    case 'eks':
    case 'securityhub':
      return restJsonError(error);
    case 'ec2':
      return ec2Error(error);
    case 's3':
      return s3Error(error);
    case 'ssm':
    case 'tagging':
    case 'events':
      return awsJsonError(error);
    default:
      return queryError(error);
  }
}
