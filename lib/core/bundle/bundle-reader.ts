import { kindOfLine, kindOfPath, type BundleFileKind } from './files.js';
import { takeAllocations } from './owners.js';
import { newBundleState, type BundleState } from './state.js';
import { isHostNetwork } from './sysctl.js';
import { takes } from './takes.js';

/** Lines of a file of unknown name that are looked at before it is left alone. House choice. */
const LINES_TO_KNOW = 60;
/** Characters of a file that is read as one text. House choice: an allocation takes about 300. */
const LONGEST_TEXT = 16 * 2 ** 20;
/** Kinds of which a bundle holds several files, which add up. */
const several: readonly BundleFileKind[] = ['ipam', 'kubeProxyLog', 'autoMode'];

/** Takes the lines of one file of a bundle. */
export interface FileTaker {
  /** False: nothing more of this file is wanted. */
  take(line: string): boolean;
  /** The file ended. `isCut`: within a line, or its rest was not read. */
  end(isCut: boolean): void;
}

/** Keeps what the files of one bundle say, each by its lines. */
export class BundleReader {
  /** What files said that a collector's own path names. */
  readonly named = newBundleState();
  /** What files said that are known by what they hold. */
  readonly found = newBundleState();

  /** Begins a file. */
  open(path: string): FileTaker {
    const kind = kindOfPath(path);
    return kind === undefined ? this.byContent() : takerOf(this.named, kind);
  }

  private byContent(): FileTaker {
    const kept: string[] = [];
    let taker: FileTaker | undefined;
    return {
      take: (line) => {
        if (taker !== undefined) return taker.take(line);
        kept.push(line);
        const kind = kindOfLine(line);
        if (kind === undefined) return kept.length < LINES_TO_KNOW;
        const chosen = kind === 'sysctl' ? hostSettings(this.found) : takerOf(this.found, kind);
        taker = chosen;
        return kept.splice(0).every((one) => chosen.take(one));
      },
      end: (isCut) => taker?.end(isCut),
    };
  }
}

function takerOf(state: BundleState, kind: BundleFileKind): FileTaker {
  if (kind === 'ipam')
    return wholeText((text) => {
      state.seen.set(kind, Symbol());
      takeAllocations(state.owners, text);
    });
  const file = Symbol();
  const isOther = () => !several.includes(kind) && state.seen.get(kind) !== file;
  return {
    take: (line) => {
      if (line !== '' && !state.seen.has(kind)) state.seen.set(kind, file);
      if (line !== '' && isOther()) return false;
      takes[kind](state, line);
      return true;
    },
    end: (isCut) => {
      const list = kind === 'conntrack' || kind === 'conntrack6' ? state[kind] : undefined;
      if (list !== undefined && isCut && !isOther()) list.isCut = true;
    },
  };
}

/** Of several such files that of the host is believed. */
function hostSettings(state: BundleState): FileTaker {
  const own = newBundleState();
  return {
    take: (line) => {
      takes.sysctl(own, line);
      return true;
    },
    end: () => {
      const isBetter = isHostNetwork(state.settings) !== true && own.settings.size > 0;
      if (isBetter) state.settings = own.settings;
      state.seen.set('sysctl', Symbol());
    },
  };
}

/** A file that is no use line by line. What is longer is not read. */
function wholeText(use: (text: string) => void): FileTaker {
  const lines: string[] = [];
  let length = 0;
  return {
    take: (line) => {
      length += line.length + 1;
      if (length <= LONGEST_TEXT) lines.push(line);
      return length <= LONGEST_TEXT;
    },
    end: () => {
      if (length > 0 && length <= LONGEST_TEXT) use(lines.join('\n'));
    },
  };
}
