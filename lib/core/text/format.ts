const MIB = 1_048_576;

const english = new Intl.NumberFormat('en-US');

/** `131072` -> `131,072`, the same in every locale. */
export function count(value: number): string {
  return Number.isSafeInteger(value) && value >= 0 ? grouped(String(value)) : english.format(value);
}

/** Whole numbers are most of what is written, and cutting is several times as quick as a number format. */
function grouped(digits: string): string {
  let text = '';
  for (let end = digits.length; end > 0; end -= 3) {
    const three = digits.slice(Math.max(0, end - 3), end);
    text = text === '' ? three : `${three},${text}`;
  }
  return text;
}

/**
 * A share 0..1 as a whole percentage. Only 1 is `100%`, and only 0 is `0%`: a nearly full table is not
 * full, and a nearly empty one not empty.
 */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return '<1%';
  return `${count(share < 1 ? Math.min(rounded, 99) : rounded)}%`;
}

/** Bytes in MiB, from 1 GiB on in GiB, with at most one decimal. */
export function bytes(value: number): string {
  const mib = value / MIB;
  if (mib < 10) return `${count(oneDecimal(mib))} MiB`;
  if (Math.round(mib) < 1_024) return `${count(Math.round(mib))} MiB`;
  return `${count(oneDecimal(mib / 1_024))} GiB`;
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `1 node`, `2 nodes`. A word with another plural brings it. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}
