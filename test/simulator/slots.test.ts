import { describe, expect, it } from 'vitest';
import { Slots } from '../../lib/simulator/slots.js';

describe('Slots', () => {
  it('lets no more work run at once than there are slots, and all of it run', async () => {
    const slots = new Slots(2);
    let running = 0;
    let most = 0;
    const work = async (value: number) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      return value;
    };
    const results = await Promise.all([1, 2, 3, 4, 5].map((value) => slots.use(() => work(value))));
    expect(results).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('frees the slot of work that fails', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(slots.use(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
