import { createHash } from 'node:crypto';
import {
  CreateDocumentCommand,
  GetDocumentCommand,
  SSMClient,
  SSMServiceException,
} from '@aws-sdk/client-ssm';
import { ServiceError } from '../../lib/simulator/protocol/service-error.js';
import type { Simulator } from '../../lib/simulator/start-simulator.js';
import { clientConfig } from '../support/simulated-account.js';
import type { Moto } from './moto.js';
import type { Answer } from './pass.js';
import type { Asked } from './wishes.js';

/** Runs what is deployed: documents are moto's, and the nodes are the simulated account's. */
export interface RunCommand {
  /**
   * Answers what is about a document, and nothing else. `send` passes a changed body on to the simulated
   * account.
   */
  carry(asked: Asked, send: (body: string) => Promise<Answer>): Promise<Answer | undefined>;
  /** Version and text of each document that was sent, oldest first. */
  readonly sent: readonly { readonly version: string; readonly content: string }[];
  stop(): void;
}

interface SendCommand {
  readonly DocumentName: string;
  readonly DocumentVersion?: string;
}

/** Moto's SendCommand runs nothing, so the content that it holds is carried to where something runs. */
export function runCommandOf(moto: Moto, simulator: Simulator): RunCommand {
  const deployed = new SSMClient(moto.access);
  const running = new SSMClient(clientConfig(simulator));
  const sent: { version: string; content: string }[] = [];
  const carried = new Set<string>();

  async function document({ DocumentName: Name, DocumentVersion }: SendCommand) {
    // Moto does not know the word, and gives the default to whoever names no version.
    const version = DocumentVersion === '$DEFAULT' ? undefined : DocumentVersion;
    const request = new GetDocumentCommand({ Name, DocumentVersion: version });
    const { Content = '', DocumentVersion: found = '' } = await deployed.send(request);
    const name = `carried-${createHash('sha256').update(Content).digest('hex').slice(0, 16)}`;
    if (!carried.has(name)) {
      carried.add(name);
      await running.send(
        new CreateDocumentCommand({ Name: name, Content, DocumentType: 'Command' }),
      );
    }
    sent.push({ version: found, content: Content });
    return { name, version: found };
  }

  return {
    sent,
    async carry({ service, target, body }, send) {
      if (service !== 'ssm' || !target.endsWith('.SendCommand')) return undefined;
      const { DocumentVersion: _, ...input } = JSON.parse(body) as SendCommand;
      const { name, version } = await document(JSON.parse(body) as SendCommand).catch(asRefusal);
      const answer = await send(JSON.stringify({ ...input, DocumentName: name }));
      if (answer.status !== 200) return answer;
      const told = JSON.parse(answer.body.toString()) as { Command: object };
      const command = { DocumentName: input.DocumentName, DocumentVersion: version };
      const changed = { Command: { ...told.Command, ...command } };
      return { ...answer, body: Buffer.from(JSON.stringify(changed)) };
    },
    stop() {
      deployed.destroy();
      running.destroy();
    },
  };
}

/** What moto refuses is refused to whoever asked. */
function asRefusal(error: unknown): never {
  if (error instanceof SSMServiceException) throw new ServiceError(error.name, error.message);
  throw error;
}
