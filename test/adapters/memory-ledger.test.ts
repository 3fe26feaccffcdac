import { MemoryLedger } from '../../lib/adapters/memory-ledger.js';
import { ledgerStoreContract } from './ledger-store.contract.js';

ledgerStoreContract('MemoryLedger', () => {
  const store = new MemoryLedger();
  const lookUp = (place: string) => Promise.resolve(store.aside.get(place));
  return Promise.resolve({ store, another: () => store, lookUp });
});
