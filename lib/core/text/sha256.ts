/**
 * SHA-256 of a text in UTF-8, in Base64, as a Content-Security-Policy names a script. The core has no crypto of its
 * own to ask: what browsers and Node have is not the same, or does not answer at once.
 *
 * @see https://doi.org/10.6028/NIST.FIPS.180-4 sections 4.1.2, 5.1.1 and 6.2
 */
export function sha256(text: string): string {
  const words = padded(new TextEncoder().encode(text));
  const state = primes(8).map((prime) => fraction(Math.sqrt(prime)));
  const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
  for (let at = 0; at < words.length; at += 16) {
    const after = mixed(state, scheduled(words.slice(at, at + 16)), constants);
    after.forEach((word, index) => (state[index] = ((state[index] ?? 0) + word) | 0));
  }
  return base64(state.flatMap((word) => [24, 16, 8, 0].map((by) => (word >>> by) & 255)));
}

/** Rotates to the right. */
function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function primes(amount: number): number[] {
  const found: number[] = [];
  for (let next = 2; found.length < amount; next += 1) {
    if (found.every((prime) => next % prime !== 0)) found.push(next);
  }
  return found;
}

/** Words of 32 bits: the text, a 1, zeros, and the length in bits, up to a multiple of 16. */
function padded(bytes: Uint8Array): number[] {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const words = new Array<number>(blocks * 16).fill(0);
  [...bytes, 0x80].forEach((byte, at) => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - (at % 4) * 8));
  });
  words[words.length - 2] = Math.floor((bytes.length * 8) / 2 ** 32);
  words[words.length - 1] = (bytes.length * 8) | 0;
  return words;
}

function scheduled(block: readonly number[]): number[] {
  const words = [...block];
  for (let at = 16; at < 64; at += 1) {
    const [old = 0, one = 0, seven = 0, two = 0] = [16, 15, 7, 2].map((back) => words[at - back]);
    const early = turned(one, 7) ^ turned(one, 18) ^ (one >>> 3);
    const late = turned(two, 17) ^ turned(two, 19) ^ (two >>> 10);
    words.push((old + early + seven + late) | 0);
  }
  return words;
}

function mixed(
  state: readonly number[],
  words: readonly number[],
  constants: readonly number[],
): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  words.forEach((word, at) => {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + (constants[at] ?? 0) + word) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  });
  return [a, b, c, d, e, f, g, h];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = bits.match(/.{1,6}/g) ?? [];
  const text = letters.map((six) => LETTERS[parseInt(six.padEnd(6, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
