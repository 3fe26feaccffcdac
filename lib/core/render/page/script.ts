/**
 * What the page does where scripts run: filters, orders and pages its nodes, shows raw facts, copies a command, and
 * opens what a link leads to. All that is important stands in the page without it. It writes texts as texts.
 */
export const script = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const make = (tag, props = {}, ...children) => {
    const one = Object.assign(document.createElement(tag), props);
    one.append(...children);
    return one;
  };
  const table = byId('table');
  const body = table.tBodies[0];
  let data;
  let rows = [];
  const state = { text: '', mark: '', sort: -1, down: true, page: 0 };
  const count = (value) => value.toLocaleString('en-US');
  const percent = (share) => {
    const rounded = Math.round(share * 100);
    if (share > 0 && rounded === 0) return '<1%';
    return count(share < 1 ? Math.min(rounded, 99) : rounded) + '%';
  };

  const load = () => {
    if (data) return;
    data = JSON.parse(byId('data').textContent);
    rows = data.nodes.map(([id, type, cluster, group, said, entries, max, mark, facts], at) => ({
      at, id, type: data.texts[type], cluster: data.texts[cluster], group: data.texts[group],
      said: data.texts[said], entries, max, usage: max === null ? null : entries / max, mark: data.marks[mark], facts,
    }));
  };
  const keys = [(r) => r.id, (r) => r.cluster, (r) => r.group, (r) => r.usage, (r) => r.entries, (r) => r.max, (r) => r.at];

  const wanted = () => {
    const words = state.text.toLowerCase().split(' ').filter(Boolean);
    const found = rows.filter((r) => {
      if (state.mark === 'silent' ? !r.said.startsWith('silent:') : state.mark && r.mark !== state.mark) return false;
      const text = [r.id, r.type, r.cluster, r.group, r.said].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
    if (state.sort < 0) return found;
    const key = keys[state.sort];
    const sign = state.down ? -1 : 1;
    return found.sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === y) return a.at - b.at;
      if (x === null || y === null) return x === null ? 1 : -1;
      return (x < y ? -1 : 1) * sign;
    });
  };

  const factsOf = (r) => {
    if (!r.facts) return r.said.startsWith('silent:') ? 'Nothing was read from this node.' : 'A page keeps the facts of the worst nodes only: the saved run has all.';
    const facts = {};
    for (let at = 0; at < r.facts.length; at += 2) facts[data.texts[r.facts[at]]] = data.values[r.facts[at + 1]];
    return JSON.stringify(facts, null, 2);
  };
  const toggle = (button, line, r) => {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) return line.nextSibling.remove();
    const cell = make('td', { colSpan: 7 }, make('pre', { textContent: factsOf(r), tabIndex: 0 }));
    line.after(make('tr', { className: 'facts' }, cell));
  };
  const lineOf = (r) => {
    const number = (value) => make('td', { className: 'r', textContent: value });
    const button = make('button', { type: 'button', textContent: r.id, title: 'raw facts' });
    button.setAttribute('aria-expanded', 'false');
    const head = make('th', { scope: 'row' }, make('span', { className: 'dot ' + r.mark }), button, ' ', make('small', { textContent: r.type }));
    const line = make('tr', {}, head, make('td', { textContent: r.cluster }), make('td', { textContent: r.group }),
      number(r.usage === null ? '' : percent(r.usage)), number(r.entries === null ? '' : count(r.entries)),
      number(r.max === null ? '' : count(r.max)), make('td', { textContent: r.said }));
    button.addEventListener('click', () => toggle(button, line, r));
    return line;
  };

  const status = make('span', { id: 'status' });
  status.setAttribute('role', 'status');
  const turn = (by) => { state.page += by; draw(); };
  const back = make('button', { type: 'button', textContent: 'Back', onclick: () => turn(-1) });
  const on = make('button', { type: 'button', textContent: 'Next', onclick: () => turn(1) });
  const draw = () => {
    load();
    const all = wanted();
    const last = Math.max(0, Math.ceil(all.length / data.page) - 1);
    state.page = Math.min(Math.max(0, state.page), last);
    const from = state.page * data.page;
    const shown = all.slice(from, from + data.page);
    body.replaceChildren(...shown.map(lineOf));
    status.textContent = shown.length === 0 ? 'no node' : count(from + 1) + ' to ' + count(from + shown.length) + ' of ' + count(all.length);
    back.disabled = state.page === 0;
    on.disabled = state.page === last;
  };
  const restart = () => { state.page = 0; draw(); };

  const sortBy = (at) => {
    state.down = state.sort === at ? !state.down : at >= 3 && at < 6;
    state.sort = at;
    [...table.tHead.rows[0].cells].forEach((cell, index) => {
      if (index === at) cell.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
      cell.firstChild.textContent = cell.dataset.name + (index === at ? (state.down ? ' ↓' : ' ↑') : '');
    });
    restart();
  };
  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    cell.dataset.name = cell.textContent;
    cell.replaceChildren(make('button', { type: 'button', textContent: cell.dataset.name, onclick: () => sortBy(at) }));
  });
  const filter = make('input', { type: 'search', oninput: () => { state.text = filter.value; restart(); } });
  const kinds = [['', 'all'], ['critical', 'critical'], ['warning', 'warning'], ['later', 'fine now, not later'], ['notice', 'notice'], ['fine', 'fine'], ['silent', 'silent']];
  const kind = make('select', { onchange: () => { state.mark = kind.value; restart(); } }, ...kinds.map(([value, textContent]) => make('option', { value, textContent })));
  byId('controls').append(make('label', {}, 'Filter', filter), make('label', {}, 'Show', kind));
  byId('pager').append(back, on, status);
  document.querySelectorAll('.rest').forEach((one) => one.remove());

  document.querySelectorAll('.run').forEach((line) => {
    const button = make('button', { type: 'button', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      const code = line.querySelector('code');
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Selected';
      }
    });
    line.append(button);
  });
  const reveal = () => {
    const target = /^#[ac][0-9]+$/.test(location.hash) && document.querySelector(location.hash);
    for (let one = target; one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((one) => { one.open = false; }));
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(draw)));
})();
`;
