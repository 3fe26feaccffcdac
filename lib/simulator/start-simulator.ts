import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledShapes } from '../core/limit/instance-shapes.js';
import { present } from '../core/text/present.js';
import { BUCKET, createAccount, instancesById, REGION } from './account.js';
import { PROBE_DOCUMENT } from './built-in-documents.js';
import { Cloud, type AccountPlace } from './cloud.js';
import { Dispatcher } from './dispatcher.js';
import { builtInFleet } from './fleet/built-in-fleet.js';
import type { SimulatedFleet, SimulatedNode } from './fleet.js';
import { makeFront } from './front.js';
import { startMessaging } from './messaging.js';
import { makeNodeRunner, type NodeRunner } from './node-runner.js';
import type { SimulatedOrganization } from './organization.js';
import { makeUpstream } from './pass-through.js';
import { ServiceClock } from './service-clock.js';

/** How the account is set up. */
export interface SimulatorOptions {
  /** @default - a free one */
  readonly port?: number;
  /** @default - four clusters with everything that an audit can find */
  readonly fleet?: SimulatedFleet;
  /**
   * How many times faster than the clock the service's own timeouts run out: at 20, a delivery timeout
   * of 60 s takes 3 s. Scripts run at their own pace, and their time limit is in real seconds.
   *
   * @default 20
   */
  readonly speed?: number;
  /**
   * ARN of whoever asks.
   *
   * @default - the root user
   */
  readonly caller?: string;
  /** Actions that the caller may not do, such as `ssm:ListCommands`. */
  readonly denied?: readonly string[];
  /**
   * The accounts beside it, which roles lead to.
   *
   * @default - it stands alone
   */
  readonly organization?: SimulatedOrganization;
}

/** A running account. */
export interface Simulator {
  /** `http://127.0.0.1:<port>`, for every service. */
  readonly endpoint: string;
  /** Environment that lets SDKs, the AWS CLI and scripts reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The SSM document that holds the probe. */
  readonly documentName: string;
  readonly topicArn: string;
  readonly bucketName: string;
  /** Receives what is published to the topic. */
  readonly queueUrl: string;
  /** The most accounts x Regions that had, at one time, a command whose end nobody had read. */
  mostAsked(): number;
  /** Actions that were asked for with the keys of the main account, but for SNS, SQS and S3. */
  asked(): readonly string[];
  /** Waits until every script has ended that runs on a node, or waits to: longer on a slow machine. */
  scriptsEnded(): Promise<void>;
  /** Ends servers, connections, timers and scripts, and removes the nodes' files. */
  stop(): Promise<void>;
}

/**
 * Starts an AWS account on 127.0.0.1: EKS, EC2, SSM, SNS, SQS, S3, STS, IAM and Organizations, as far as an audit
 * needs them. It keeps the services' limits and refuses what they refuse, and claims nothing more about AWS.
 * Commands really run, each on a file tree that looks like its node.
 *
 * Fails if the port is taken, and ends everything that it had started.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const endings: (() => unknown)[] = [];
  const stop = async () => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    return { ...(await start(options, endings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  {
    port = 0,
    fleet = builtInFleet,
    speed = 20,
    caller,
    denied = [],
    organization,
  }: SimulatorOptions,
  endings: (() => unknown)[],
): Promise<Omit<Simulator, 'stop'>> {
  if (!(speed > 0)) throw new Error(`speed should be a number above 0, got ${speed}`);
  const who = { ...present({ caller }), denied: new Set(denied) };
  const runner = await makeNodeRunner();
  endings.push(() => runner.stop());
  const cloud = startCloud({ fleet, ...who }, organization, { speed, runner }, endings);
  const messaging = await startMessaging();
  endings.push(() => messaging.stop());
  const upstream = makeUpstream(messaging.port);
  endings.push(() => {
    upstream.stop();
  });
  const front = makeFront({ cloud, upstream });
  const host = await listen(front, port);
  endings.push(() => closeServer(front));
  return {
    endpoint: `http://${host}`,
    environment: environment(`http://${host}`),
    documentName: PROBE_DOCUMENT,
    bucketName: BUCKET,
    mostAsked: () => cloud.mostAsked,
    asked: () => cloud.asked,
    scriptsEnded: () => runner.ended(),
    ...(await messaging.furnish(host)),
  };
}

function startCloud(
  main: ConstructorParameters<typeof Cloud>[0],
  organization: SimulatedOrganization | undefined,
  { speed, runner }: { readonly speed: number; readonly runner: NodeRunner },
  endings: (() => unknown)[],
): Cloud {
  const clock = new ServiceClock(speed);
  const probe = readFileSync(new URL('../probe/collect.sh', import.meta.url), 'utf8');
  checkInstances(main.fleet, organization);
  return new Cloud(main, organization, ({ sent, ...place }: AccountPlace) => {
    const instances = instancesById(place.fleet);
    const dispatcher = new Dispatcher({
      nodeOf: (instanceId) => known(instances.get(instanceId), instanceId),
      runner,
      clock,
    });
    endings.push(() => {
      dispatcher.stop();
    });
    return createAccount({
      ...place,
      instances,
      shapes: bundledShapes,
      now: () => clock.now(),
      dispatch: (command) => {
        sent();
        dispatcher.dispatch(command);
      },
      probe,
    });
  });
}

/** The ids of instances are their own in all accounts: each has a file tree under it. */
function checkInstances(
  fleet: SimulatedFleet,
  { members = [] }: Partial<SimulatedOrganization> = {},
) {
  const fleets = [fleet, ...members.flatMap(({ fleets: all }) => Object.values(all))];
  instancesById({
    clusters: fleets.flatMap(({ clusters }) => clusters),
    bystanders: fleets.flatMap(({ bystanders }) => bystanders),
  });
}

function known(node: SimulatedNode | undefined, instanceId: string): SimulatedNode {
  if (node === undefined) throw new Error(`the account has no instance '${instanceId}'`);
  return node;
}

/** Listens on loopback only, and gives `127.0.0.1:<port>`. */
async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function environment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
