import { execFileSync } from 'node:child_process';
import { loadAll } from 'js-yaml';
import { marked } from 'marked';
import PostalMime from 'postal-mime';
import { parse as parseToml } from 'smol-toml';
import type { Artefact } from '../../lib/core/artefacts/artefact.js';
import { parseHcl } from './parse-hcl.js';

/** Reads the text of a file with a parser that other people made, and none that prints it. */
export const parsers: Readonly<Record<Artefact['kind'], (text: string) => unknown>> = {
  kubernetes: (text) => loadAll(text),
  toml: parseToml,
  mime: shellParts,
  bash: checkedShell,
  markdown: headed,
  hcl: parseHcl,
};

/** What is printed for a shell, once that shell has read it: a folder's `sh` is dash as well as bash. */
function checkedShell(text: string): string {
  execFileSync('bash', ['-n'], { input: text, stdio: 'pipe' });
  const [interpreter] = text.split('\n');
  if (interpreter === '#!/bin/sh') execFileSync('dash', ['-n'], { input: text, stdio: 'pipe' });
  else if (interpreter !== '#!/bin/bash')
    throw new Error(`no shell is named: ${interpreter ?? ''}`);
  return text;
}

async function shellParts(text: string): Promise<string[]> {
  const { headers, attachments } = await PostalMime.parse(text);
  const version = headers.find(({ key }) => key === 'mime-version')?.value;
  if (version !== '1.0') throw new Error(`no MIME: its version is ${version ?? 'not there'}`);
  const scripts = attachments.filter(({ mimeType }) => mimeType === 'text/x-shellscript');
  if (scripts.length === 0 || scripts.length < attachments.length) {
    throw new Error('cloud-init runs parts of text/x-shellscript alone');
  }
  return scripts.map(({ content }) =>
    checkedShell(typeof content === 'string' ? content : new TextDecoder().decode(content)),
  );
}

function headed(text: string): unknown {
  const tokens = marked.lexer(text);
  const [heading] = tokens;
  if (heading?.type !== 'heading') throw new Error('a page begins with its heading');
  return tokens;
}
