import type { Artefact, ArtefactContext, Place } from '../core/artefacts/artefact.js';
import { artefactsFor, needsOf, renderable } from '../core/artefacts/index.js';
import { runbook } from '../core/artefacts/runbook.js';
import { withTerraform } from '../core/artefacts/terraform.js';
import { promisedBy, type Wanted, type WantedRemedy } from './fix-context.js';
import { pageOf, topics } from './pages.js';
import { artefactText } from './print-artefact.js';

/** What an artefact may need to be told, and cannot do without. */
export type FixContext = Omit<ArtefactContext, 'limit' | 'dnsAddress'> &
  Partial<Pick<ArtefactContext, 'limit' | 'dnsAddress'>>;

/** A file as it is printed or written. */
export interface FixFile {
  readonly remedy: string;
  readonly place: Place;
  /** Below the folder that is asked for. */
  readonly path: string;
  readonly artefact: Artefact;
  readonly text: string;
}

const folders: Readonly<Record<Place, string>> = {
  recommended: '1-recommended',
  alternative: 'alternatives',
  'stop-gap': 'stop-gaps',
};

/** The option that fills in a value which an artefact cannot do without. */
const optionOf: Partial<Record<keyof ArtefactContext, string>> = {
  limit: '--limit',
  dnsAddress: '--dns-address',
};

/** All files of what is wanted, what is recommended first; of the remedies after the best all are alternatives. */
export function filesOf(
  { remedies }: Wanted,
  given: (remedy: WantedRemedy) => FixContext,
): FixFile[] {
  const files = remedies.flatMap((remedy, at) =>
    artefactsOf(remedy, given(remedy)).map((artefact) => ({
      remedy: remedy.id,
      artefact,
      place: at > 0 && artefact.place === 'recommended' ? ('alternative' as const) : artefact.place,
    })),
  );
  const order = Object.keys(folders);
  return files
    .sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
    .map((file) => ({ ...file, path: pathOf(file, files), text: artefactText(file.artefact) }));
}

type Placed = Pick<FixFile, 'remedy' | 'place' | 'artefact'>;

/** Where two remedies have a file of one name, each name says whose it is. */
function pathOf({ remedy, place, artefact: { file } }: Placed, files: readonly Placed[]): string {
  const shared =
    files.filter((one) => one.place === place && one.artefact.file === file).length > 1;
  return `${folders[place]}/${shared ? `${remedy}-` : ''}${file}`;
}

function artefactsOf(remedy: WantedRemedy, context: FixContext): Artefact[] {
  const { id, weighed } = remedy;
  if (!renderable.includes(id)) return [weighed === undefined ? pageRunbook(id) : runbook(weighed)];
  const full = { ...context, ...promisedBy(remedy), ...givenLimit(context) };
  const missing = needsOf(id).filter((need) => full[need] === undefined);
  if (missing.length > 0) {
    const options = missing.map((need) => optionOf[need] ?? need).join(' and ');
    throw new Error(`${id} needs ${options}, or --from with a run that tells`);
  }
  return withTerraform(artefactsFor(id, { limit: 0, dnsAddress: '', ...full }));
}

/** A limit that somebody asked for wins over the one that was promised. */
function givenLimit({ limit }: FixContext): Pick<FixContext, 'limit'> {
  return limit === undefined ? {} : { limit };
}

/** The page of a remedy, where no finding says more. */
function pageRunbook(id: string): Artefact {
  const topic = topics.find((one) => one.id === id);
  if (topic === undefined) throw new Error(`there is no page of '${id}'`);
  return {
    file: `${id}.md`,
    place: 'recommended',
    kind: 'markdown',
    text: pageOf(topic),
    explains: ['What it does, what it costs, how to do it by hand and how to undo it.'],
  };
}

/** The README.md of a folder: every file, what it is for, and how sure that is. */
export function indexOf(files: readonly FixFile[], asked: string): FixFile {
  const headings: Readonly<Record<Place, string>> = {
    recommended: 'Recommended: do this',
    alternative: 'Alternatives: in place of it',
    'stop-gap': 'Stop-gaps: until it is done',
  };
  const sections = (Object.keys(headings) as Place[]).flatMap((place) => {
    const rows = files.filter((file) => file.place === place);
    return rows.length === 0 ? [] : [`## ${headings[place]}`, ...rows.map(section)];
  });
  const text = `${[`# Files for ${asked}`, ...forTerraform(files), ...sections].join('\n\n')}\n`;
  return {
    remedy: asked,
    place: 'recommended',
    path: 'README.md',
    text,
    artefact: { file: 'README.md', place: 'recommended', kind: 'markdown', text, explains: [] },
  };
}

/** Which files are for whom, where some are for those who use Terraform. */
export function forTerraform(files: readonly FixFile[]): string[] {
  return files.some(({ artefact }) => artefact.kind === 'hcl')
    ? [
        'A folder `terraform-…` holds what the file of that name beside it does, for those who use Terraform: one of the two, never both.',
      ]
    : [];
}

function section({ path, remedy, artefact }: FixFile): string {
  const lines = artefact.explains.map((line) => `- ${line}`);
  return `[${path}](${path}) (${remedy})\n\n${lines.join('\n')}`;
}
