import { beforeEach, describe, expect, it } from 'vitest';
import type { RunStore } from '../../lib/core/run/ports.js';

/** What every run store keeps to. `open` gives an empty store of a run that nobody else uses. */
export function runStoreContract(name: string, open: () => Promise<RunStore>): void {
  describe(`${name} as a run store`, () => {
    let store: RunStore;

    beforeEach(async () => {
      store = await open();
    });

    it.each([
      [{ nodes: ['i-1'], usage: 0.5, absent: null, text: 'é \u{1F525} "quoted"\n' }],
      [[]],
      ['text'],
      [0],
      [null],
    ])('gives back %j as it was kept', async (value) => {
      await store.put('a.json', value);
      expect(await store.get('a.json')).toEqual(value);
    });

    it('keeps a text as it is, and lists it', async () => {
      await store.putText('report.html', '"<p>"', 'text/html');
      expect(await store.get('report.html')).toBe('<p>');
      expect(await store.keys('report')).toEqual(['report.html']);
    });

    it('overwrites a key', async () => {
      await store.put('a.json', { long: 'x'.repeat(10_000) });
      await store.put('a.json', { short: true });
      expect(await store.get('a.json')).toEqual({ short: true });
    });

    it('lists the keys under a prefix in order, and no others', async () => {
      expect(await store.keys('')).toEqual([]);
      for (const key of ['fleet.json', 'answers/b.json', 'answers/a.json', 'answers.json']) {
        await store.put(key, key);
      }
      expect(await store.keys('answers/')).toEqual(['answers/a.json', 'answers/b.json']);
      expect(await store.keys('')).toEqual([
        'answers.json',
        'answers/a.json',
        'answers/b.json',
        'fleet.json',
      ]);
      expect(await store.keys('none/')).toEqual([]);
    });

    it('keeps many keys that are put at the same time', async () => {
      const keys = Array.from({ length: 40 }, (_, at) => `answers/${String(at).padStart(2, '0')}`);
      await Promise.all(keys.map((key) => store.put(key, key)));
      expect(await store.keys('answers/')).toEqual(keys);
      expect(await Promise.all(keys.map((key) => store.get(key)))).toEqual(keys);
    });

    it('fails when a key was never written, and says which and where', async () => {
      await expect(store.get('a.json')).rejects.toThrow("'a.json'");
      await expect(store.get('a.json')).rejects.toThrow(store.location);
    });

    it.each(['../a.json', '/a.json', 'a/../../b.json', '.a.json', 'a//b.json', ''])(
      'fails when a key like %j would leave the run',
      async (key) => {
        await expect(store.put(key, 1)).rejects.toThrow(`got '${key}'`);
        await expect(store.get(key)).rejects.toThrow(`got '${key}'`);
      },
    );

    it('fails when there is nothing to keep', async () => {
      await expect(store.put('a.json', undefined)).rejects.toThrow(
        "'a.json' needs a value that JSON can carry, got undefined",
      );
      expect(await store.keys('')).toEqual([]);
    });
  });
}
