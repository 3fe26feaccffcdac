import { stringify } from 'yaml';
import { oneLine } from '../core/text/printable.js';
import type { Artefact } from '../core/artefacts/artefact.js';

/** Without anchors: what stands in two places is written twice, as people take over parts of a file. */
const plain = { lineWidth: 0, aliasDuplicateObjects: false } as const;

/** The text of an artefact, as it is written to its file: what explains it first, as comments. */
export function artefactText(artefact: Artefact): string {
  switch (artefact.kind) {
    case 'kubernetes': {
      const documents = artefact.objects.map((object) => stringify(object, plain));
      return `${comments(artefact)}${documents.join('---\n')}`;
    }
    case 'bash': {
      const [interpreter = '', ...rest] = artefact.text.split('\n');
      return `${interpreter}\n${comments(artefact)}${rest.join('\n')}`;
    }
    case 'toml':
    case 'hcl':
      return `${comments(artefact)}${artefact.text}`;
    case 'markdown':
      return artefact.text;
    case 'mime':
      // Lines before the first header would be no MIME any more.
      return artefact.text;
  }
}

/** One comment for one line, whatever name stands in it: what follows a line break would be run. */
function comments({ explains }: Artefact): string {
  return explains.map((line) => `# ${oneLine(line)}\n`).join('');
}
