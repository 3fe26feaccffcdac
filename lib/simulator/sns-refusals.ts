import { isObject } from './protocol/input.js';
import { ServiceError } from './protocol/service-error.js';

const LONGEST_SUBJECT = 99;
const LARGEST_MESSAGE = 262_144;

/**
 * Refuses what SNS refuses and the embedded one takes, and gives the body to pass on. A message per
 * protocol (`MessageStructure=json`) becomes the text for SQS, the only protocol that delivers here.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function checkPublish(body: string): string {
  const form = new URLSearchParams(body);
  if (form.get('Action') !== 'Publish') return body;
  const subject = form.get('Subject');
  if (subject !== null) checkSubject(subject);
  const message = form.get('Message') ?? '';
  if (Buffer.byteLength(message) > LARGEST_MESSAGE) {
    throw invalid('Message too long');
  }
  if (form.get('MessageStructure') !== 'json') return body;
  form.set('Message', messageForQueues(message));
  return form.toString();
}

function checkSubject(subject: string): void {
  const printable = /^[\x20-\x7e]+$/.test(subject);
  if (!printable || subject.length > LONGEST_SUBJECT) throw invalid('Subject');
}

function messageForQueues(message: string): string {
  const structure = parse(message);
  const fallback = structure['default'];
  if (typeof fallback !== 'string') {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
  const own = structure['sqs'];
  return typeof own === 'string' ? own : fallback;
}

function parse(message: string) {
  let structure: unknown;
  try {
    structure = JSON.parse(message);
  } catch (error) {
    throw invalid(`Message Structure - JSON message body failed to parse (${String(error)})`);
  }
  if (isObject(structure)) return structure;
  throw invalid('Message Structure - JSON message body failed to parse');
}

function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}
