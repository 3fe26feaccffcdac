import { describe, expect, it } from 'vitest';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import type { Artefact } from '../../../lib/core/artefacts/artefact.js';
import { everyRemedy } from '../../support/every-artefact.js';
import { parsers } from '../../support/parse-artefact.js';

const texts = new Map(
  everyRemedy.flat().map((artefact) => [artefactText(artefact), artefact] as const),
);
const kinds = Object.keys(parsers) as Artefact['kind'][];
const ofKind = (kind: Artefact['kind']) =>
  [...texts].filter(([, artefact]) => artefact.kind === kind);

async function parsed(kind: Artefact['kind'], text: string): Promise<unknown> {
  return await parsers[kind](text);
}

describe('files that are printed', () => {
  it('are of each kind that has a parser, and of no other', () => {
    expect(new Set([...texts.values()].map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  it.each(kinds)(
    'are read by a parser of others, whatever the scope and the names: %s',
    async (kind) => {
      for (const [text, { file }] of ofKind(kind)) {
        await expect(parsed(kind, text), file).resolves.toBeTruthy();
      }
    },
  );

  it('are YAML that another library than ours reads as the same objects', () => {
    for (const [text, artefact] of ofKind('kubernetes')) {
      if (artefact.kind === 'kubernetes')
        expect(parsers.kubernetes(text)).toEqual(artefact.objects);
    }
  });

  it.each<[Artefact['kind'], string]>([
    ['kubernetes', 'kind: [one'],
    ['toml', '[settings\n'],
    ['mime', 'MIME-Version: 1.0\n\n#!/bin/bash\n'],
    ['mime', 'Content-Type: text/x-shellscript\n\n#!/bin/bash\n'],
    ['bash', '#!/bin/sh\nif true; then\n'],
    ['bash', '#!/bin/sh\na=(1 2)\n'],
    ['bash', 'true\n'],
    ['markdown', 'no heading\n'],
    ['hcl', 'a = "${x\n'],
  ])('would not be read if they were damaged: %s', async (kind, text) => {
    await expect(parsed(kind, text)).rejects.toThrow();
  });
});
