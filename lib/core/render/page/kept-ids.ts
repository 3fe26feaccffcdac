import { html, type Part } from './html.js';

const ID = /(\bi-[0-9a-f]{8,17}\b)/;

/** A text of which no line ends within the id of an instance: a browser breaks lines after hyphens. */
export function keptIds(text: string): Part {
  return text
    .split(ID)
    .map((part, at) => (at % 2 === 0 ? part : html`<span class="nb">${part}</span>`));
}
