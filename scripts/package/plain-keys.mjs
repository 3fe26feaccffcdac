/**
 * Lets esbuild leave out the shapes of commands that nobody sends. A client of AWS describes all its shapes in one
 * file, as arrays with objects such as `{ [_xN]: _iSn }`. What a computed key runs is unknown to esbuild, so it keeps
 * them all: 558 kB of EC2's, minified, of which we need 39. The keys are constants of the same file, so their texts
 * may stand there instead.
 */
import { readFileSync } from 'node:fs';

const SCHEMAS = /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/;

export const plainKeys = {
  name: 'plain-keys',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, ({ path }) => ({
      contents: withPlainKeys(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** The same module, with the text of each constant that is a key. A key that is no constant of it stays. */
function withPlainKeys(source) {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
