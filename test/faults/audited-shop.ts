import { Lab } from './lab.js';
import type { Changes } from './told.js';
import { shop } from './worlds.js';

/** A lab, and what a whole audit of the shop, in which nothing fails, tells each channel. */
export async function auditedShop(): Promise<{ readonly lab: Lab; readonly whole: Changes }> {
  const lab = await Lab.open();
  await lab.set(shop);
  await lab.audit(0);
  return { lab, whole: await lab.changes() };
}
