import { describe, expect, it } from 'vitest';
import type { Orchestrator } from '../../lib/core/run/ports.js';

/** Tells one story to its end, and gives what the story gave or fails as it failed. */
export type Tell = <T>(story: (orchestrator: Orchestrator) => Promise<T>) => Promise<T>;

/** What every orchestrator keeps to, so that one story does for all of them. */
export function orchestratorContract(name: string, tell: Tell): void {
  describe(`${name} as an orchestrator`, () => {
    it('takes steps in order, waits between them and works on each item', async () => {
      const calls: string[] = [];
      const told = await tell(async (orchestrator) => {
        const found = await orchestrator.step('discover', () => {
          calls.push('discover');
          return Promise.resolve({ ids: ['i-1', 'i-2', 'i-3'] });
        });
        await orchestrator.sleep('settle', 300);
        const read = await orchestrator.map('nodes', found.ids, async (id, inner) => {
          const sent = await inner.step(`send ${id}`, () => {
            calls.push(`send ${id}`);
            return Promise.resolve(`c-${id}`);
          });
          await inner.sleep(`answer ${id}`, 20);
          return inner.step(`read ${id}`, () => {
            calls.push(`read ${id}`);
            return Promise.resolve({ id, sent });
          });
        });
        return { found, read };
      });
      expect(told).toEqual({
        found: { ids: ['i-1', 'i-2', 'i-3'] },
        read: [
          { id: 'i-1', sent: 'c-i-1' },
          { id: 'i-2', sent: 'c-i-2' },
          { id: 'i-3', sent: 'c-i-3' },
        ],
      });
      expect([...calls].sort()).toEqual([
        'discover',
        'read i-1',
        'read i-2',
        'read i-3',
        'send i-1',
        'send i-2',
        'send i-3',
      ]);
    });

    it('gives nothing for no items', async () => {
      const told = await tell((orchestrator) =>
        orchestrator.map('none', [], () => Promise.resolve(1)),
      );
      expect(told).toEqual([]);
    });

    it('takes a step that has nothing to say', async () => {
      let calls = 0;
      await tell(async (orchestrator) => {
        await orchestrator.step('publish', () => {
          calls += 1;
          return Promise.resolve();
        });
        return orchestrator.step('end', () => Promise.resolve('end'));
      });
      expect(calls).toBe(1);
    });

    it('waits also for less than a second, and for no time at all', async () => {
      const told = await tell(async (orchestrator) => {
        await orchestrator.sleep('a moment', 0.01);
        await orchestrator.sleep('not at all', 0);
        return 'awake';
      });
      expect(told).toBe('awake');
    });

    it('works on five items at a time at most', async () => {
      let open = 0;
      let most = 0;
      const items = Array.from({ length: 12 }, (_, at) => at);
      const told = await tell((orchestrator) =>
        orchestrator.map('many', items, (item, inner) =>
          inner.step(`item ${item}`, async () => {
            most = Math.max(most, (open += 1));
            await new Promise(setImmediate);
            await new Promise(setImmediate);
            open -= 1;
            return item * 2;
          }),
        ),
      );
      expect(told).toEqual(items.map((item) => item * 2));
      expect(most).toBe(5);
    });

    it('fails with the words of the step that failed', async () => {
      const story = (orchestrator: Orchestrator) =>
        orchestrator.step('send', () => Promise.reject(new Error('the document is missing')));
      await expect(tell(story)).rejects.toThrow('the document is missing');
    });

    it('fails when one item failed, with its words', async () => {
      const story = (orchestrator: Orchestrator) =>
        orchestrator.map('nodes', [1, 2, 3], (item, inner) =>
          inner.step(`item ${item}`, () =>
            item === 2 ? Promise.reject(new Error('item 2 broke')) : Promise.resolve(item),
          ),
        );
      await expect(tell(story)).rejects.toThrow('item 2 broke');
    });

    it('lets a story live on from a step that failed', async () => {
      const told = await tell(async (orchestrator) => {
        const failing = orchestrator.step('send', () => Promise.reject(new Error('broke')));
        return failing.catch(() => orchestrator.step('say so', () => Promise.resolve('told')));
      });
      expect(told).toBe('told');
    });
  });
}
