/** Name of the document that carries the probe in the simulated account. */
export const PROBE_DOCUMENT = 'conntrack-auditor-probe';

/** The document as the stack deploys it: the probe, no parameters. `probe` is the script's text. */
export function probeDocument(probe: string): string {
  return JSON.stringify({
    schemaVersion: '2.2',
    description: 'Reads the conntrack table of a node. Changes nothing.',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'collect',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: '60', runCommand: probe.trimEnd().split('\n') },
      },
    ],
  });
}

/** Amazon's own document, as far as a shell script needs it. */
export const runShellScript = JSON.stringify({
  schemaVersion: '2.2',
  description: 'Run a shell script or specify the commands to run.',
  parameters: {
    commands: { type: 'StringList', description: '(Required) Specify the commands to run.' },
    executionTimeout: { type: 'String', default: '3600' },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'runShellScript',
      precondition: { StringEquals: ['platformType', 'Linux'] },
      inputs: { timeoutSeconds: '{{ executionTimeout }}', runCommand: ['{{ commands }}'] },
    },
  ],
});
