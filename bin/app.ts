import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfiguration } from '../lib/configuration-file.js';
import { ConntrackAuditorStack } from '../lib/conntrack-auditor-stack.js';
import { ConfigurationError } from '../lib/constructs/configuration-error.js';
import { ParseError } from '../lib/core/text/parsed.js';
import { ConntrackAuditorHubStack } from '../lib/hub-stack.js';
import { fileFromContext, propsFromContext } from './context-props.js';
import { hubPropsFromContext, isHub } from './hub-props.js';
import type { ReadContext } from './read-context.js';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

try {
  const read: ReadContext = (key): unknown => app.node.tryGetContext(key);
  const file = await readConfiguration(fileFromContext(read));
  if (isHub(read)) {
    new ConntrackAuditorHubStack(app, 'ConntrackAuditorHub', hubPropsFromContext(read, file));
  } else {
    new ConntrackAuditorStack(app, 'ConntrackAuditor', propsFromContext(read, file));
  }
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof ParseError)) throw error;
  // The author of the value needs the sentence, and a stack trace hides it.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
