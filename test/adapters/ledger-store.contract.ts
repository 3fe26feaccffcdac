import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerStore } from '../../lib/core/run/ports.js';

/** A ledger store under test, and how a person reads what it set aside. */
export interface Opened {
  readonly store: LedgerStore;
  /** Another store of the same ledger, as another audit has one. */
  readonly another: () => LedgerStore;
  readonly lookUp: (place: string) => Promise<string | undefined>;
}

/** What every ledger store keeps to. `open` gives the store of a ledger that nobody else uses. */
export function ledgerStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as a ledger store`, () => {
    let opened: Opened;
    let store: LedgerStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    const versionOf = async (one: LedgerStore) => (await one.read())?.version;

    it('has no ledger before the first audit', async () => {
      expect(await store.read()).toBeUndefined();
    });

    it.each([
      '{"nodes":{"i-1":{"usage":[[1,2,3]]}}}',
      'é \u{1F525} "quoted"\r\n\n',
      '',
      'not JSON',
    ])('gives back the text %j as it was written', async (text) => {
      expect(await store.write(text, undefined)).toBe('written');
      expect((await store.read())?.text).toBe(text);
      expect((await opened.another().read())?.text).toBe(text);
    });

    it('gives the same version as long as nobody writes, and another one after', async () => {
      await store.write('one', undefined);
      const one = await versionOf(store);
      expect(await versionOf(opened.another())).toBe(one);
      await store.write('two', one);
      expect(await versionOf(store)).not.toBe(one);
    });

    it('writes on the version that was read, again and again', async () => {
      for (const text of ['one', 'two', 'three']) {
        expect(await store.write(text, await versionOf(store))).toBe('written');
      }
      expect((await store.read())?.text).toBe('three');
    });

    it('writes nothing where a ledger came to be after none was read', async () => {
      await opened.another().write('theirs', undefined);
      expect(await store.write('mine', undefined)).toBe('conflict');
      expect((await store.read())?.text).toBe('theirs');
    });

    it('writes nothing on a version that is no longer there', async () => {
      await store.write('one', undefined);
      const read = await versionOf(store);
      await opened.another().write('theirs', read);
      expect(await store.write('mine', read)).toBe('conflict');
      expect((await store.read())?.text).toBe('theirs');
    });

    it('writes nothing on a version of a ledger that is gone', async () => {
      expect(await store.write('mine', '"d41d8cd98f00b204e9800998ecf8427e"')).toBe('conflict');
      expect(await store.read()).toBeUndefined();
    });

    it('says once more that a text is written, as to who did not hear it the first time', async () => {
      await store.write('one', undefined);
      const one = await versionOf(store);
      expect(await store.write('one', undefined)).toBe('written');
      await store.write('two', one);
      expect(await store.write('two', one)).toBe('written');
      expect(await store.write('one', one)).toBe('conflict');
    });

    it('lets exactly one win of many that write on the same version', async () => {
      let expected: string | undefined;
      for (const round of [1, 2, 3]) {
        const texts = Array.from({ length: 10 }, (_, at) => `round ${round}, writer ${at}`);
        const outcomes = await Promise.all(
          texts.map((text) => opened.another().write(text, expected)),
        );
        const winners = texts.filter((_, at) => outcomes[at] === 'written');
        expect(winners).toHaveLength(1);
        const now = await store.read();
        expect(now?.text).toBe(winners[0]);
        expected = now?.version;
      }
    });

    it('sets a text aside where it can be found, and leaves the ledger as it is', async () => {
      await store.write('good', undefined);
      const place = await store.setAside('damaged-run-1.json', '{"cut');
      expect(place).toContain('damaged-run-1.json');
      expect(await opened.lookUp(place)).toBe('{"cut');
      expect((await store.read())?.text).toBe('good');
    });

    it('sets the same text aside twice', async () => {
      const place = await store.setAside('damaged-run-1.json', 'one');
      expect(await store.setAside('damaged-run-1.json', 'two')).toBe(place);
      expect(await opened.lookUp(place)).toBe('two');
    });

    it.each(['../ledger.json', '/etc/passwd', '.hidden', ''])(
      'fails when it should set aside under a name like %j',
      async (given) => {
        await expect(store.setAside(given, 'x')).rejects.toThrow(`got '${given}'`);
      },
    );
  });
}
