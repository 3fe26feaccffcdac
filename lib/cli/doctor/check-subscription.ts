import { paginateListSubscriptionsByTopic, type Subscription } from '@aws-sdk/client-sns';
import { isNotFound, Failure } from '../../adapters/service-error.js';
import { plural } from '../../core/text/format.js';
import { asked, fault, ok, unanswered, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';

const CHECK = 'subscription';

/** Whether somebody hears what an audit tells. */
export async function checkSubscription(
  { clients }: Patient,
  caller: Caller,
  topic: string | undefined,
): Promise<Checked> {
  if (topic === undefined) return unknown(CHECK, 'no topic is known', 'name it with --topic');
  const listing = asked('sns:ListSubscriptionsByTopic', list());
  const found = await listing;
  if (found instanceof Failure) return unanswered(CHECK, found, caller);
  if (found === undefined) {
    return fault(CHECK, `the topic ${topic} does not exist`, 'name another one with --topic');
  }
  return judgeSubscriptions(topic, found);

  async function list(): Promise<Subscription[] | undefined> {
    const all: Subscription[] = [];
    try {
      const pages = paginateListSubscriptionsByTopic({ client: clients.sns }, { TopicArn: topic });
      for await (const { Subscriptions = [] } of pages) all.push(...Subscriptions);
      return all;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

/** The ARN of a subscription is a word until its owner confirms it, and another one once it is over. */
function judgeSubscriptions(topic: string, all: readonly Subscription[]): Checked {
  const pending = all.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation');
  const confirmed = all.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'));
  const subscribe = `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint`;
  const [first] = pending;
  if (first !== undefined) {
    const { Protocol = 'email', Endpoint = '' } = first;
    const more = pending.length > 1 ? ` and ${plural(pending.length - 1, 'more')}` : '';
    return fault(
      CHECK,
      `${Protocol} ${Endpoint}${more} has not confirmed the subscription`,
      `open the link in the mail 'AWS Notification - Subscription Confirmation'; for another mail: ${subscribe} ${Endpoint}`,
    );
  }
  if (confirmed.length > 0) return ok(CHECK, plural(confirmed.length, 'confirmed subscription'));
  return fault(CHECK, 'nobody subscribes to the topic', `${subscribe} you@example.com`);
}
