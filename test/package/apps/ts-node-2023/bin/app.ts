#!/usr/bin/env node
import * as cdk from 'aws-cdk-lib';
import { ConntrackAuditor } from 'eks-conntrack-auditor';

const app = new cdk.App();
const stack = new cdk.Stack(app, 'Platform');
new ConntrackAuditor(stack, 'Conntrack', { email: ['platform@example.com'] });
