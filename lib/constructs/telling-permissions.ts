import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { EVENT_SOURCE } from '../core/history/published-names.js';
import type { Told } from './telling.js';

/** Allows to tell machines what changed, on each channel that is turned on. */
export function grantTelling(teller: IConstruct & IGrantable, told: Told): void {
  if (told.events) grantPutEvents(teller);
  if (told.securityHub) grantImportFindings(teller);
}

/**
 * Allows to put events of our own source, and no others, on the default bus.
 *
 * The key holds the sources of all entries of a request, hence the operator.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/policy-keys-eventbridge.html
 */
function grantPutEvents(sender: IConstruct & IGrantable): void {
  const bus = { service: 'events', resource: 'event-bus', resourceName: 'default' };
  sender.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [Stack.of(sender).formatArn(bus)],
      conditions: { 'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE } },
    }),
  );
}

/**
 * Allows to import findings as the account's own product, and nothing else of Security Hub.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
function grantImportFindings(importer: IConstruct & IGrantable): void {
  const stack = Stack.of(importer);
  const product = {
    service: 'securityhub',
    resource: 'product',
    resourceName: `${stack.account}/default`,
  };
  importer.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['securityhub:BatchImportFindings'],
      resources: [stack.formatArn(product)],
    }),
  );
}
