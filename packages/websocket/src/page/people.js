// How people are shown. Two people may choose the same name, so the chat gives each of them a code.

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

/** Shows the codes of all people on the page that share their name with another one. */
export function tellApart() {
  const people = [...document.querySelectorAll('.person')];
  const codes = new Map();
  for (const { dataset } of people)
    codes.set(dataset.look, (codes.get(dataset.look) ?? new Set()).add(dataset.code));
  for (const { dataset, lastChild } of people)
    lastChild.textContent = codes.get(dataset.look).size > 1 ? ` (${dataset.code})` : '';
}
