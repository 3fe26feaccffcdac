import { AUTOMATIC_LIMIT_CAP, eraOf } from '../../limit/era.js';
import { expectedLimit, type BoundBy, type LimitInputs } from '../../limit/expected-limit.js';
import { defaultConntrack } from '../../limit/kube-proxy-target.js';
import { unseenConfiguration } from '../../limit/node-limit.js';
import { limitInputsOf } from '../../limit/node-inputs.js';
import { upgradePath } from '../../limit/upgrade-path.js';
import type { NodeFacts, Table } from '../../node/snapshot.js';
import { bytes, count } from '../../text/format.js';
import { html, type Html } from './html.js';
import { round } from './scale.js';

interface Ingredient {
  readonly label: string;
  readonly value: number;
  /** It decides the limit. */
  readonly binds: boolean;
}

/** The arithmetic of one node's limit: what could set it, which of these does, and what holds. */
export function limitPicture(facts: NodeFacts, table: Table): Html | undefined {
  const inputs = limitInputsOf(facts);
  if (inputs === undefined) return undefined;
  const limit = expectedLimit(inputs);
  const parts = ingredientsOf(inputs, limit.boots, limit.boundBy);
  const isExpected = limit.expected === table.max || limit.orElse === table.max;
  const all = [...parts.map(({ value }) => value), table.max];
  const most = all.reduce((a, b) => Math.max(a, b));
  const read = isExpected ? 'The limit that was read' : 'The limit that was read: none of these';
  const unseen = unseenConfiguration(facts);
  const later = upgradePath(inputs).flatMap(({ why }) => why ?? []);
  return html`<h3>Where the limit comes from</h3>
    <ul class="bars limit">
      ${parts.map((part) => line(part.label, part.value, most, isExpected && part.binds ? 'binds' : ''))}
      ${line(read, table.max, most, 'read', table.entries)}
    </ul>
    ${unseen === undefined ? undefined : html`<p class="none">If EKS’s defaults hold: ${unseen}.</p>`}
    ${later.length === 0 ? undefined : html`<p class="none">Upgrades: ${later.join(' ')}</p>`}`;
}

function ingredientsOf(inputs: LimitInputs, boots: number, by: BoundBy | undefined): Ingredient[] {
  const {
    vcpus,
    os,
    maxPerCore = defaultConntrack.maxPerCore,
    min = defaultConntrack.min,
  } = inputs;
  const era = eraOf(inputs.kubeProxy);
  const boot: Ingredient = {
    label:
      os === 'bottlerocket'
        ? 'What Bottlerocket sets at boot'
        : `Kernel default for ${memoryText(inputs)}`,
    value: boots,
    binds: by === 'kernel' || by === 'bottlerocket',
  };
  if (era?.writes === 'never' || maxPerCore === 0) return [boot];
  const cores: Ingredient = {
    label: `kube-proxy: ${count(maxPerCore)} x ${count(vcpus)} vCPU`,
    value: maxPerCore * vcpus,
    binds: by === 'kube-proxy-cores',
  };
  const least: Ingredient = {
    label: 'kube-proxy: conntrack.min',
    value: min,
    binds: by === 'kube-proxy-min',
  };
  const cap: Ingredient = { label: 'kube-proxy: its cap', value: AUTOMATIC_LIMIT_CAP, binds: true };
  return [boot, cores, least, ...(by === 'kube-proxy-cap' ? [cap] : [])];
}

function memoryText({ memory }: LimitInputs): string {
  return 'usableBytes' in memory
    ? `${bytes(memory.usableBytes)} of memory`
    : `about ${bytes(memory.nominalMiB * 1_048_576)} of memory`;
}

function line(label: string, value: number, most: number, kind: string, entries?: number): Html {
  const width = (amount: number) => `${round((amount / most) * 100)}%`;
  const used =
    entries === undefined
      ? undefined
      : html`<rect class="used" width="${width(Math.min(entries, value))}" y="5" height="4" />`;
  const said =
    entries === undefined ? undefined : html` <small>${count(entries)} entries in it</small>`;
  const name = kind === '' ? label : html`<b>${label}</b>`;
  return html`<li class="bar">
    <span class="bl">${name}${kind === 'binds' ? html` <em>binds</em>` : undefined}${said}</span
    ><svg class="bt" width="100%" height="14" aria-hidden="true">
      <rect class="room ${kind}" width="${width(value)}" y="2" height="10" />
      ${used}</svg
    ><span class="bv">${count(value)}</span>
  </li>`;
}
