/** Elements and attributes that the page is made of. A text that became another one has escaped. */
const elements = new Set(
  (
    'html head meta title style script body a svg defs path circle main header h1 h2 h3 p code ul ol li b em ' +
    'span small section div details summary line rect g use text polyline table thead tbody tr th td'
  ).split(' '),
);
const attributes = new Set(
  (
    'class width height y x x1 x2 y1 y2 r d points viewbox preserveaspectratio aria-hidden href scope id role ' +
    'aria-label aria-labelledby overflow text-anchor focusable content name type tabindex start open lang http-equiv charset'
  ).split(' '),
);

const TAG = /<(\/?)([a-zA-Z0-9]+)((?:\s+[^\s"'<>=/]+(?:="[^"<>]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s"'<>=/]+)(?:="([^"<>]*)")?/g;

/** What of a page is not its own: elements, attributes, links that leave it, and signs that no tag holds. */
export function foreignMarkup(page: string): string[] {
  const [, policy = ''] = /(<!doctype html>)/i.exec(page) ?? [];
  const body = page
    .replace(policy, '')
    .replace(/<style>[^]*?<\/style>|<script>[^]*?<\/script>/g, '')
    .replace(/(<script type="application\/json" id="data">)[^<]*(<\/script>)/g, '$1$2');
  const found: string[] = [];
  const rest = body.replace(TAG, (tag, _: string, name: string, own: string) => {
    if (!elements.has(name.toLowerCase())) found.push(tag);
    for (const [text, key = '', value = ''] of own.matchAll(ATTRIBUTE)) {
      if (!attributes.has(key.toLowerCase())) found.push(text);
      if (key === 'href' && !value.startsWith('#')) found.push(text);
    }
    return '';
  });
  const [open] = /.{0,20}[<>].{0,20}/.exec(rest) ?? [];
  return open === undefined ? found : [...found, open];
}
