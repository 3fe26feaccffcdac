import { expect, it } from 'vitest';
import { foreignMarkup } from './foreign-markup.js';

it('takes the markup of a page for its own', () => {
  expect(
    foreignMarkup('<!doctype html><p class="a">1 &lt; 2</p><a href="#a1">x</a><details open>y'),
  ).toEqual([]);
});

it.each([
  '<img src="x">',
  '<p onclick="x">',
  '<a href="javascript:x">',
  '<p class="a" title="b">',
  'a < b',
  'a > b',
  '<p class=">">',
  '<!-- x -->',
  '<script>1</script><script src="x"></script>',
  '<script type="application/json" id="data">1</script><b onload="x">',
])('finds %s', (markup) => {
  expect(foreignMarkup(markup)).not.toEqual([]);
});
