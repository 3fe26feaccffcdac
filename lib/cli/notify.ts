import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { awsClients } from '../adapters/aws-clients.js';
import { MemoryRunStore } from '../adapters/memory-run-store.js';
import {
  accountOfTopic,
  regionOfTopic,
  SnsAnnouncer,
  type Publication,
} from '../adapters/sns-announcer.js';
import { present } from '../core/text/present.js';
import { printedJson, printedLines, type Printed } from '../core/render/lines.js';
import { testDigest } from '../core/render/test-digest.js';
import { VERSION } from '../version.js';
import { askingAws } from './asking-aws.js';
import type { Terminal } from './terminal.js';

/** `notify`: publishes a made-up message with the caller's own credentials. */
export function notifyCommand(terminal: Terminal) {
  return new Command('notify')
    .description('publish a test message, to see whether it arrives')
    .requiredOption('--test', 'send a made-up message that says so; there is no other yet')
    .requiredOption('--topic-arn <arn>', 'SNS topic of the stack', topicArn)
    .option('--profile <name>', 'profile of ~/.aws/config (default: as the AWS SDK finds it)')
    .option('--json', 'print what was sent as JSON')
    .addHelpText(
      'after',
      '\nPublishes one message to everyone who subscribes to the topic. Needs sns:Publish.',
    )
    .action(async ({ topicArn: arn, profile, json }) => {
      const sent = await publish(arn, profile);
      terminal.write(json === true ? printedJson(asJson(arn, sent), 2) : asText(arn, sent));
    });
}

async function publish(arn: string, profile: string | undefined): Promise<Publication> {
  const region = regionOfTopic(arn);
  const clients = awsClients({ version: VERSION, region, ...present({ profile }) });
  const announcer = new SnsAnnouncer(clients.sns, { topicArn: arn, store: new MemoryRunStore() });
  try {
    const digest = testDigest(new Date().toISOString(), region, accountOfTopic(arn));
    return await askingAws({ clients, profile }, () => announcer.send(digest));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new Error(`cannot publish to '${arn}': ${name}: ${message}`, { cause: error });
  } finally {
    clients.destroy();
  }
}

function asText(arn: string, { messageId, subject, bodies, attributes }: Publication): Printed {
  const filters = Object.entries(attributes).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : value.join(',')}`,
  );
  return printedLines([
    `sent to ${arn}, message ${messageId ?? 'without an id'}`,
    `attributes: ${filters.join(' ')}`,
    `variants: ${Object.keys(bodies).join(', ')}`,
    `subject: ${subject}`,
    '',
    ...(bodies['email'] ?? '').trimEnd().split('\n'),
  ]);
}

/** Shows a body of JSON as its content. */
function asJson(topicArn: string, { bodies, ...sent }: Publication) {
  const { default: machine = '', https: chat = '', ...texts } = bodies;
  const shown = { default: JSON.parse(machine) as unknown, https: JSON.parse(chat) as unknown };
  return { topicArn, ...sent, bodies: { ...texts, ...shown } };
}

function topicArn(text: string): string {
  try {
    regionOfTopic(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}, got '${text}'`);
  }
}
