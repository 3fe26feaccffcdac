import { prices, type Price } from '../prices.js';
import type { Fact } from './fact.js';
import { limitFacts } from './limit-facts.js';
import { remedyFacts } from './remedy-facts.js';

/** Prices keep their own list, with the days on which they were read. */
const priceFacts: readonly Fact[] = Object.entries<Price>(prices).map(([name, price]) => ({
  id: `price-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  what: `${price.what}, USD for ${price.per.toLocaleString('en-US')} ${price.unit}`,
  value: String(price.usd),
  source: price.page,
  checked: price.read,
  via: price.via,
  carries: 'what it costs',
}));

/** Every outside fact on which advice rests. */
export const facts: readonly Fact[] = [...limitFacts, ...remedyFacts, ...priceFacts];
