import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConntrackAuditorStack } from '../lib/conntrack-auditor-stack.js';
import { ConfigurationError } from '../lib/constructs/configuration-error.js';
import { propsFromContext } from './context-props.js';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

try {
  new ConntrackAuditorStack(
    app,
    'ConntrackAuditor',
    propsFromContext((key): unknown => app.node.tryGetContext(key)),
  );
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  // Whoever typed the value needs the sentence; the stack trace would hide it.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
