const { App, Stack } = require('aws-cdk-lib');
const { ConntrackAuditor } = require('eks-conntrack-auditor');

const stack = new Stack(new App(), 'Platform');
new ConntrackAuditor(stack, 'Conntrack', { email: ['platform@example.com'] });
