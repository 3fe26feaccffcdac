import { describe, expect, it } from 'vitest';
import { dataElement, Html, html, ownElement } from '../../../../lib/core/render/page/html.js';
import { HOSTILE } from '../../../fuzz/hostile.js';
import { ESCAPE } from '../../../support/escapes.js';

describe('a template', () => {
  it('escapes what would end a text or an attribute', () => {
    expect(String(html`<b title="${'"\'<>&'}">${'</b>&amp;'}</b>`)).toBe(
      '<b title="&quot;&#39;&lt;&gt;&amp;">&lt;/b&gt;&amp;amp;</b>',
    );
  });

  it('leaves markup, numbers and lists of both as they are, and shows nothing for nothing', () => {
    const items = [html`<i>1</i>`, 2, undefined, ['<', html`<br />`]];
    expect(String(html`<p>${items}</p>`)).toBe('<p><i>1</i>2&lt;<br /></p>');
  });

  it('shows what hides or reorders text', () => {
    expect(String(html`${HOSTILE}`)).not.toMatch(ESCAPE);
  });

  it('has no other door', () => {
    expect(() => Html.of(Symbol('html') as never, '<script>')).toThrow('markup is made by html');
  });
});

it.each(['</style>', '<!--'])('takes no style with %s', (text) => {
  expect(() => ownElement('style', text)).toThrow('a style should not hold </ or <!');
});

it('keeps data whole, on one line, within its element', () => {
  const text = String(dataElement({ [HOSTILE.length]: `${HOSTILE}</script><!--<script>` }));
  const json = text.replace('<script type="application/json" id="data">', '').slice(0, -9);
  expect(json).not.toMatch(/[<\n]/);
  expect(Object.values(JSON.parse(json) as object)[0]).toContain('</script><!--<script>');
  expect(text).not.toMatch(ESCAPE);
});
