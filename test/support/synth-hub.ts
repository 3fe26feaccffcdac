import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  ConntrackAuditorHub,
  type ConntrackAuditorHubProps,
} from '../../lib/constructs/conntrack-auditor-hub.js';
import { cdkContext, handlerDirectory } from './synth-auditor.js';

export const ORGANIZATION = 'o-a1b2c3d4e5';

/** A hub in a stack of its own, and the template it becomes. */
export function synthHub(props: Partial<ConntrackAuditorHubProps> = {}) {
  const stack = new Stack(new App({ context: cdkContext }), 'Test');
  const hub = new ConntrackAuditorHub(stack, 'Hub', {
    organizationId: ORGANIZATION,
    handlerDirectory,
    ...props,
  });
  return { hub, stack, template: Template.fromStack(stack) };
}
