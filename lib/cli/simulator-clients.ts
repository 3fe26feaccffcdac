import { awsClients, type AwsClients } from '../adapters/aws-clients.js';
import type { Simulator } from '../simulator/start-simulator.js';
import { VERSION } from '../version.js';

/** Clients of the simulated account, whatever the environment of this process says. */
export function simulatorClients({ endpoint, environment }: Simulator): AwsClients {
  const {
    AWS_REGION: region = 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId = 'test',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test',
  } = environment;
  const credentials = { accessKeyId, secretAccessKey };
  return awsClients({ version: VERSION, endpoint, region, credentials });
}
