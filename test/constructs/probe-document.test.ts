import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBE_VERSION } from '../../lib/probe/version.js';
import { synthAuditor } from '../support/synth-auditor.js';

const script = readFileSync(new URL('../../lib/probe/collect.sh', import.meta.url), 'utf8');

interface Document {
  readonly Name: string;
  readonly DocumentType: string;
  readonly TargetType: string;
  readonly UpdateMethod: string;
  readonly Content: {
    readonly schemaVersion: string;
    readonly mainSteps: readonly {
      readonly action: string;
      readonly precondition: unknown;
      readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
    }[];
  };
}

function documents(template: ReturnType<typeof synthAuditor>['template']): Document[] {
  return Object.values(template.findResources('AWS::SSM::Document')).map(
    ({ Properties }) => Properties as Document,
  );
}

describe('the probe document', () => {
  const [document] = documents(synthAuditor().template);

  it('holds the probe, byte for byte', () => {
    const lines = document?.Content.mainSteps.flatMap(({ inputs }) => inputs.runCommand) ?? [];
    expect(`${lines.join('\n')}\n`).toBe(script);
  });

  it('takes no parameters', () => {
    expect(document?.Content).not.toHaveProperty('parameters');
    expect(JSON.stringify(document?.Content)).not.toContain('{{');
  });

  it('is one step, for Linux, of a minute at most', () => {
    expect(document).toMatchObject({
      DocumentType: 'Command',
      TargetType: '/AWS::EC2::Instance',
      Content: {
        schemaVersion: '2.2',
        mainSteps: [
          {
            action: 'aws:runShellScript',
            precondition: { StringEquals: ['platformType', 'Linux'] },
            inputs: { timeoutSeconds: '60' },
          },
        ],
      },
    });
    expect(document?.Content.mainSteps).toHaveLength(1);
  });

  it('keeps its name when the probe changes, so that the command line tool finds it', () => {
    expect(document).toMatchObject({
      Name: 'conntrack-auditor-probe',
      UpdateMethod: 'NewVersion',
    });
  });

  it('is another document when it is called otherwise: none can be renamed in place', () => {
    const ids = [undefined, 'team-a.probe', 'team-b.probe', 'team_b-probe'].map((documentName) => {
      const { template } = synthAuditor(documentName === undefined ? {} : { documentName });
      return Object.keys(template.findResources('AWS::SSM::Document'))[0];
    });
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe('AuditorProbeDocumentE9256B3D');
  });

  it('says which probe it holds', () => {
    expect(document?.Content).toHaveProperty(
      'description',
      expect.stringContaining(`Probe ${PROBE_VERSION}.`),
    );
  });

  it.each(['abc', 'a'.repeat(128), 'team_b.probe-2'])('may be called %s', (documentName) => {
    expect(documents(synthAuditor({ documentName }).template)).toMatchObject([
      { Name: documentName },
    ]);
  });

  it.each(['ab', 'a'.repeat(129), 'a probe', 'aws-probe', 'AmazonProbe', 'amzn.probe'])(
    'fails when it is called %s',
    (documentName) => {
      expect(() => synthAuditor({ documentName })).toThrow(`got '${documentName}'`);
    },
  );
});
