// Who is who. Everyone chooses a name, so two people may have the same one. The chat gives each of them a code of their own.

/** Equal for names that look the same. */
const look = (name) =>
  name
    .normalize('NFKC')
    .replace(/[\p{DI}\p{Z}]/gu, '')
    .toLowerCase();

/** An element that shows a person. */
export function personElement({ name = '', code = '' }) {
  const person = document.createElement('bdi');
  person.className = 'person';
  person.dataset.code = code;
  person.dataset.look = look(name);
  const shownCode = document.createElement('span');
  shownCode.className = 'code';
  person.append(name || '?', shownCode);
  return person;
}

/** Shows the codes of all people on the page whose name someone else on the page has too. */
export function tellApart() {
  const people = [...document.querySelectorAll('.person')];
  const codes = new Map();
  for (const { dataset } of people)
    codes.set(dataset.look, (codes.get(dataset.look) ?? new Set()).add(dataset.code));
  for (const { dataset, lastChild } of people)
    lastChild.textContent = codes.get(dataset.look).size > 1 ? ` (${dataset.code})` : '';
}
