/** The map: teams by areas. Only rows and cells that are visible are in the document. */
export const scriptMap = String.raw`
const rowHeight = 36, headHeight = 52, nameWidth = 260, columnWidth = 96;
const map = document.getElementById('map');
const canvas = document.getElementById('canvas');
let rows = [], columns = [], active = { row: 0, column: 0 }, frame = 0;

const arrow = () => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 10 10');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', 'M2 0l6 5-6 5z');
  svg.append(shape);
  return svg;
};

/** @param list entries that the filters leave */
function updateMap(list) {
  const root = tree(list);
  const used = new Set(list.map((entry) => entry.area));
  columns = data.areas.map((name, area) => ({ name, area })).filter(({ area }) => used.has(area));
  rows = visibleRows(root);
  active = { row: Math.max(0, Math.min(active.row, rows.length - 1)), column: Math.min(active.column, columns.length) };
  map.setAttribute('aria-rowcount', rows.length + 1);
  map.setAttribute('aria-colcount', columns.length + 1);
  drawMap();
}

function drawMap() {
  frame = 0;
  const width = Math.max(nameWidth + columns.length * columnWidth + 12, map.clientWidth);
  canvas.style.width = width + 'px';
  canvas.style.height = headHeight + rows.length * rowHeight + 'px';
  const first = Math.max(0, Math.floor(map.scrollTop / rowHeight) - 6);
  const last = Math.min(rows.length, first + Math.ceil(map.clientHeight / rowHeight) + 12);
  const left = Math.max(0, Math.floor(map.scrollLeft / columnWidth) - 2);
  const right = Math.min(columns.length, left + Math.ceil(map.clientWidth / columnWidth) + 4);
  const shown = columns.slice(left, right).map((column, index) => ({ ...column, index: left + index }));
  canvas.replaceChildren(head(shown, width), ...rows.slice(first, last).map((row, index) => drawRow(row, first + index, shown, width)));
  const current = document.getElementById(cellId(active.row, active.column));
  if (current === null) map.removeAttribute('aria-activedescendant');
  else map.setAttribute('aria-activedescendant', current.id);
}

function sortOtherwise() {
  state.byName = !state.byName;
  active.row = 0;
  map.scrollTop = 0;
  updateMap(shown);
}

const scheduleMap = () => { if (frame === 0) frame = requestAnimationFrame(drawMap); };
const cellId = (row, column) => 'c' + row + '-' + column;

function head(shown, width) {
  return h('div', { class: 'head', role: 'row', 'aria-rowindex': 1, width },
    h('div', { class: 'corner', role: 'columnheader', 'aria-colindex': 1, 'aria-sort': state.byName ? 'ascending' : 'other' }, 'Team, tenant, role',
      h('button', { type: 'button', tabindex: -1, title: 'Sort by ' + (state.byName ? 'danger' : 'name') + ' (s)', onclick: sortOtherwise }, state.byName ? 'by name' : 'by danger')),
    ...shown.map(({ name, index }) => {
      const cut = name.lastIndexOf('/');
      return h('div', { class: 'column', role: 'columnheader', 'aria-colindex': index + 2, title: name, left: nameWidth + index * columnWidth },
        h('b', {}, name.slice(cut + 1)), h('small', {}, cut < 0 ? '\u00a0' : name.slice(0, cut)));
    }));
}

function drawRow(row, index, shown, width) {
  const isOpen = row.depth < 3 && state.open.has(row.key);
  const hint = row.depth === 3 ? row.hint : String(row.children.size);
  const element = h('div', {
    class: 'row l' + row.depth + (isOpen ? ' open' : ''), role: 'row', width, 'aria-rowindex': index + 2, 'aria-level': row.depth,
    'aria-expanded': row.depth < 3 ? String(isOpen) : undefined,
  },
    h('div', { ...cell(row, index, 0), class: 'cell name' + marks(row, index, 0), role: 'rowheader', title: row.label },
      row.depth < 3 && h('span', { class: 'twist', 'aria-hidden': 'true' }, arrow()),
      h('span', { class: 'label' }, row.label),
      h('span', { class: 'hint' }, hint)),
    ...shown.flatMap(({ name, area, index: column }) => {
      const sum = row.sums.get(area);
      if (sum === undefined && (index !== active.row || column + 1 !== active.column)) return [];
      return [h('div', {
        ...cell(row, index, column + 1), class: 'cell' + marks(row, index, column + 1, area), role: 'gridcell',
        'aria-label': row.label + ', ' + name + ': ' + inWords(sum), left: nameWidth + column * columnWidth,
      }, ...(sum === undefined ? [] : pills(sum)))];
    }));
  element.style.top = headHeight + index * rowHeight + 'px';
  return element;
}

const cell = (row, index, column) => ({
  id: cellId(index, column), 'aria-colindex': column + 1,
  onclick: () => { active = { row: index, column }; map.focus({ preventScroll: true }); activate(); },
});
const marks = (row, index, column, area) =>
  (index === active.row && column === active.column ? ' active' : '') +
  (state.chosen !== null && state.chosen.key === row.key && state.chosen.area === area ? ' chosen' : '');

const sign = data.kind === 'diff' ? '+' : '';
const pills = (sum) => [
  sum.plus > 0 && h('span', { class: 'pill ' + levels[sum.worst] }, sign + sum.plus),
  sum.changed > 0 && h('span', { class: 'pill changed' }, '~' + sum.changed),
  sum.lost > 0 && h('span', { class: 'pill lost-pill lost' }, '\u2212' + sum.lost),
].filter(Boolean);

function inWords(sum) {
  if (sum === undefined) return 'nothing';
  const verb = data.kind === 'diff' ? ' gained' : '';
  return [
    sum.plus > 0 && sum.plus + verb + ', ' + levels[sum.worst], sum.changed > 0 && sum.changed + ' under other conditions',
    sum.lost > 0 && sum.lost + ' lost',
  ].filter(Boolean).join('; ');
}

/** Opens the row or shows the entries of the cell that is active. */
function activate() {
  const row = rows[active.row];
  if (row === undefined) return;
  if (active.column === 0 && row.depth < 3) {
    if (!state.open.delete(row.key)) state.open.add(row.key);
    choose({ key: row.key });
  } else if (active.column === 0) choose({ key: row.key });
  else choose({ key: row.key, area: columns[active.column - 1].area });
}

function moveTo(row, column) {
  active = { row: Math.max(0, Math.min(rows.length - 1, row)), column: Math.max(0, Math.min(columns.length, column)) };
  const top = active.row * rowHeight, left = (active.column - 1) * columnWidth;
  const height = map.clientHeight - headHeight, width = map.clientWidth - nameWidth;
  if (top < map.scrollTop) map.scrollTop = top;
  else if (top + rowHeight > map.scrollTop + height) map.scrollTop = top + rowHeight - height;
  if (left < map.scrollLeft) map.scrollLeft = Math.max(0, left);
  else if (left + columnWidth > map.scrollLeft + width) map.scrollLeft = left + columnWidth - width;
  drawMap();
}

map.addEventListener('scroll', scheduleMap, { passive: true });
new ResizeObserver(scheduleMap).observe(map);
map.addEventListener('keydown', (event) => {
  const { row, column } = active;
  const page = Math.max(1, Math.floor((map.clientHeight - headHeight) / rowHeight) - 1);
  const moves = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    PageUp: [row - page, column], PageDown: [row + page, column],
    Home: event.ctrlKey ? [0, 0] : [row, 0], End: event.ctrlKey ? [rows.length - 1, columns.length] : [row, columns.length],
  };
  if (moves[event.key] !== undefined) moveTo(...moves[event.key]);
  else if (event.key === 's') sortOtherwise();
  else if (event.key === 'Enter' || event.key === ' ') {
    const opens = active.column > 0 || rows[active.row]?.depth === 3;
    activate();
    if (opens) focusItem(0);
  } else return;
  event.preventDefault();
});
`;
