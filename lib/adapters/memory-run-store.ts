import type { RunStore } from '../core/run/ports.js';
import { jsonPieces } from '../core/text/json-pieces.js';
import { checkRunKey } from '../core/text/run-key.js';

/** Keeps one run for as long as the process lives. Like every other store, it copies values. */
export class MemoryRunStore implements RunStore {
  readonly location = 'memory';
  private readonly files = new Map<string, string>();

  put(key: string, value: unknown): Promise<void> {
    return new Promise((resolve) => {
      this.files.set(checkRunKey(key), [...jsonPieces(key, value)].join(''));
      resolve();
    });
  }

  putText(key: string, text: string): Promise<void> {
    return new Promise((resolve) => {
      this.files.set(checkRunKey(key), text);
      resolve();
    });
  }

  get(key: string): Promise<unknown> {
    return new Promise((resolve) => {
      const text = this.files.get(checkRunKey(key));
      if (text === undefined) throw new Error(`the run in memory has no '${key}'`);
      resolve(JSON.parse(text));
    });
  }

  keys(prefix: string): Promise<string[]> {
    return Promise.resolve([...this.files.keys()].filter((key) => key.startsWith(prefix)).sort());
  }
}
