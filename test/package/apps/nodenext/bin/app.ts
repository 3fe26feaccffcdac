import { App } from 'aws-cdk-lib';
import { ConntrackAuditorStack, type Finding, severities } from 'eks-conntrack-auditor';

new ConntrackAuditorStack(new App(), 'ConntrackAuditor', { email: ['platform@example.com'] });

/** Types of what --json prints are of use as well. */
export function isUrgent({ severity }: Finding): boolean {
  return severities.indexOf(severity) === 0;
}
