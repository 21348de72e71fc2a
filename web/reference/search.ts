// Search within the reference. Without this script the page is whole, and has no search.
export {};

/** Most results at once. */
const MAX_RESULTS = 12;

const byId = (id: string) => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element "${id}"`);
  return element;
};

const search = byId('search');
const input = byId('words') as HTMLInputElement;
const count = byId('found');
const results = byId('results');

/** Everything with a name, in the order of the page. */
const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')].map(
  ({ id, dataset, textContent }) => ({
    anchor: id,
    name: dataset.entry ?? '',
    // The name and the beginning of the description.
    text: `${dataset.entry} ${textContent.slice(0, 400)}`.toLowerCase(),
  }),
);

search.hidden = false;

/** Returns the entries with all words: first those whose name begins with them, then by name, then others. */
function find(words: string): typeof entries {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const [first = ''] = wanted;
  const rank = (name: string) => {
    const [last = ''] = name.toLowerCase().split('.').slice(-1);
    if (last.startsWith(first)) return 0;
    return name.toLowerCase().includes(first) ? 1 : 2;
  };
  return entries
    .filter(({ text }) => wanted.every((word) => text.includes(word)))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

function show(): void {
  const found = find(input.value);
  const links = found.slice(0, MAX_RESULTS).map(({ anchor, name }) => {
    const link = document.createElement('a');
    link.href = `#${anchor}`;
    link.textContent = name;
    const entry = document.createElement('li');
    entry.append(link);
    return entry;
  });
  results.replaceChildren(...links);
  count.textContent =
    input.value.trim() === ''
      ? ''
      : `${found.length} found${found.length > links.length ? `, ${links.length} shown` : ''}`;
}

/** Moves the focus to the next or previous result; before the first is the input. */
function move(step: 1 | -1): void {
  const stops: HTMLElement[] = [input, ...results.querySelectorAll('a')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}

function clear(): void {
  input.value = '';
  show();
}

input.addEventListener('input', show);
search.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter' && event.target === input) {
    results.querySelector('a')?.click();
  } else if (event.key === 'Escape') {
    clear();
    input.focus();
  }
});
results.addEventListener('click', clear);
// As in many references, a slash leads to the search.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === input) return;
  event.preventDefault();
  input.focus();
});
