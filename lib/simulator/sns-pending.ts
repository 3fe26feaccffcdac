/** One subscription in the answer of ListSubscriptionsByTopic. */
const MEMBER = /<member>.*?<\/member>/gs;
const MAIL = /<Protocol>email(-json)?<\/Protocol>/;
const ARN = /<SubscriptionArn>[^<]*<\/SubscriptionArn>/;

/**
 * An address has to confirm its subscription, and no mail leaves this machine with which it could: it stays pending.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function withPending(answer: string): string {
  return answer.replace(MEMBER, (member) =>
    MAIL.test(member)
      ? member.replace(ARN, '<SubscriptionArn>PendingConfirmation</SubscriptionArn>')
      : member,
  );
}
