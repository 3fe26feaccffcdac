import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { startSimulator, type Simulator } from '../../lib/simulator/start-simulator.js';
import { aSimulatedFleet } from '../support/a-simulated-node.js';
import { aTerminal } from '../support/a-terminal.js';
import { undocumentedIn } from '../support/digest-schema.js';
import { clientConfig } from '../support/simulated-account.js';

let simulator: Simulator;
let sqs: SQSClient;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: aSimulatedFleet([]) });
  sqs = new SQSClient(clientConfig(simulator));
});
afterAll(async () => {
  sqs.destroy();
  await simulator.stop();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the command does for a caller with the credentials of the simulated account. */
async function notify(...args: string[]) {
  for (const [name, value] of Object.entries(simulator.environment)) vi.stubEnv(name, value);
  const { terminal, out, notes } = aTerminal();
  const status = await run(['notify', ...args], terminal);
  return { status, out: out(), notes: notes() };
}

async function received(): Promise<unknown[]> {
  const query = { QueueUrl: simulator.queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(query));
  return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
}

describe('notify --test', () => {
  it('publishes a message that is marked as a test, and prints what was sent', async () => {
    const { status, out, notes } = await notify('--test', '--topic-arn', simulator.topicArn);
    expect({ status, notes }).toEqual({ status: 0, notes: '' });
    expect(out).toMatch(new RegExp(`^sent to ${simulator.topicArn}, message [0-9a-f-]+\n`));
    expect(out).toContain('\nvariants: default, email, https, sms\n');
    expect(out).toContain('severity=critical,warning cluster=made-up-cluster account=');
    expect(out).toContain(
      '\nsubject: [test] [critical] 1 new, 1 resolved: conntrack in 000000000000, us-east-1',
    );
    expect(out).toContain('\n\nThis is a test of whether messages arrive.');

    const messages = await received();
    expect(messages).toMatchObject([{ test: true, region: 'us-east-1' }]);
    expect(undocumentedIn(messages[0])).toEqual([]);
  });

  it('prints the same as JSON', async () => {
    const { status, out } = await notify('--test', '--topic-arn', simulator.topicArn, '--json');
    const sent = JSON.parse(out) as { bodies: { default: unknown } };
    expect(status).toBe(0);
    expect(sent).toMatchObject({
      topicArn: simulator.topicArn,
      subject:
        '[test] [critical] 1 new, 1 resolved: conntrack in 000000000000, us-east-1 (made-up-cluster)',
      attributes: { test: 'true', transition: ['new', 'resolved'] },
      bodies: { https: { source: 'custom' }, default: { test: true } },
    });
    expect(sent.bodies.default).toEqual((await received())[0]);
  });

  it.each([
    { args: ['--topic-arn', 'arn:aws:sns:us-east-1:123456789012:x'], wrong: "option '--test'" },
    { args: ['--test'], wrong: "option '--topic-arn <arn>'" },
    {
      args: ['--test', '--topic-arn', 'findings'],
      wrong: "should look like 'arn:aws:sns:region:account:name', got 'findings'",
    },
  ])('fails with 3 when called with $args', async ({ args, wrong }) => {
    const { status, out, notes } = await notify(...args);
    expect({ status, out }).toEqual({ status: 3, out: '' });
    expect(notes).toContain(wrong);
    expect(await received()).toEqual([]);
  });

  it('fails when the topic is not there, and says which one and what SNS said', async () => {
    const arn = `${simulator.topicArn}-x`;
    const { status, notes } = await notify('--test', '--topic-arn', arn);
    expect(status).toBe(3);
    expect(notes).toMatch(new RegExp(`^error: cannot publish to '${arn}': NotFound`));
  });
});
