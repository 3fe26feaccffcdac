/** Bytes to begin with. */
const FIRST = 65_536;

/** A text of many pieces as bytes. Nothing else holds the whole of it, and the memory that is left over is never used. */
export function bytesOf(pieces: Iterable<string>): Buffer {
  let bytes = Buffer.allocUnsafeSlow(FIRST);
  let used = 0;
  for (const piece of pieces) {
    const wanted = used + Buffer.byteLength(piece);
    if (wanted > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(wanted, 2 * bytes.length));
      bytes.copy(larger, 0, 0, used);
      bytes = larger;
    }
    used += bytes.write(piece, used);
  }
  return bytes.subarray(0, used);
}
