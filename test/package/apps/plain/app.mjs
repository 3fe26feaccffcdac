import { App, Stack } from 'aws-cdk-lib';
import { ConntrackAuditor } from 'eks-conntrack-auditor';

const stack = new Stack(new App(), 'Platform');
new ConntrackAuditor(stack, 'Conntrack', { email: ['platform@example.com'] });
