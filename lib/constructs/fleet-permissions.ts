import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { fleetReads } from '../core/configuration/permissions.js';
import { acknowledgeWildcard } from './acknowledge.js';

/** Allows to list clusters, nodes, commands and the alias of the account, and to read the answers of commands. */
export function grantFleetRead(reader: IConstruct & IGrantable): void {
  for (const { actions, resource: kind, reason } of fleetReads) {
    const resource = kind === undefined ? '*' : Stack.of(reader).formatArn(kind);
    reader.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [resource] }),
    );
    acknowledgeWildcard(reader, resource, reason);
  }
}
