import * as v from 'valibot';

const TOPIC =
  'should be the ARN of a standard SNS topic such as arn:aws:sns:eu-west-1:111122223333:findings';
/** A topic of FIFO cannot send mail. */
export const topicArn = v.pipe(
  v.string(TOPIC),
  v.regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$/, TOPIC),
);

const BUCKET = 'should be the name of a bucket such as our-conntrack-runs';
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = v.pipe(
  v.string(BUCKET),
  v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, BUCKET),
);

const DOCUMENT =
  "should be 3 to 128 letters, digits, '_', '-' or '.' and not begin with aws, amazon or amzn";
/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
export const documentName = v.pipe(
  v.string(DOCUMENT),
  v.regex(
    /^(?![Aa][Ww][Ss]|[Aa][Mm][Aa][Zz][Oo][Nn]|[Aa][Mm][Zz][Nn])[A-Za-z0-9_.-]{3,128}$/,
    DOCUMENT,
  ),
);

const STACK = 'should be 1 to 128 letters, digits and dashes, and begin with a letter';
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const stackName = v.pipe(v.string(STACK), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, STACK));

/**
 * Days for which CloudWatch can keep a log.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** One of these times, such as `90d`. */
export const logRetention = v.picklist(
  logDays.map((days) => `${days}d` as const),
  `should be a time that CloudWatch can keep a log: ${logDays.map((days) => `${days}d`).join(', ')}`,
);
