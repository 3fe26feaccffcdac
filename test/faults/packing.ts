import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

type Done = (error: Error | null, result: Buffer) => void;

const { gzip } = zlib;
let underWay = 0;

/** Counts what is being packed on another thread, which the event loop does not know of. */
function counted(bytes: zlib.InputType, done: Done): void {
  underWay += 1;
  gzip(bytes, (error, result) => {
    underWay -= 1;
    done(error, result);
  });
}

Object.assign(zlib, { gzip: counted });
syncBuiltinESMExports();

/** Whether anything is being packed now. */
export function isPacking(): boolean {
  return underWay > 0;
}
