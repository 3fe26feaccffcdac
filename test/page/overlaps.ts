import type { Page } from 'playwright-core';

/** Texts of a page that lie on one another, each with the text that it lies on. */
export async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${OVERLAPS})()`);
}

/**
 * Runs in the browser. A text is a node with letters in it, each of its lines a box; those of pictures are left out,
 * as marks are meant to lie on their scale. A pixel of the one within the other is the rounding of a line's height.
 */
const OVERLAPS = `() => {
  const boxes = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === '' || parent.closest('svg, select, .vh') || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left > 1) boxes.push({ left, right, top: top + 3, bottom: bottom - 3, text: node.data.trim() });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
      const other = boxes[next];
      if (other.left < one.right - 1 && one.left < other.right - 1) found.push(one.text + ' | ' + other.text);
    }
  });
  return found;
}`;
