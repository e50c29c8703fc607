// Everything on the screen. Texts of others become text, never HTML.
import { personElement, tellApart } from './people.js';
import { openSession } from './session.js';

const WHO_INTERVAL = 2000;
const MOST_LINES = 500;

const [door, enter, nameField, refusal] = elements('door', 'enter', 'name', 'refusal');
const [room, state, leave, count, memberList] = elements('room', 'state', 'leave', 'count', 'members');
const [messages, compose, textField] = elements('messages', 'compose', 'text');

let session;
let ownCode = '';
let asking;

function elements(...ids) {
  return ids.map((id) => document.getElementById(id));
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  // Strings become text nodes.
  made.append(...children);
  return made;
}

function addLine(line) {
  const atEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 60;
  messages.append(line);
  while (messages.childElementCount > MOST_LINES) messages.firstElementChild.remove();
  if (atEnd || line.classList.contains('own')) line.scrollIntoView({ block: 'end' });
}

const note = (text) => addLine(element('li', 'note', text));

function showState(name, text) {
  state.dataset.state = name;
  state.textContent = text;
}

function showMembers(members) {
  const item = (member) => element('li', '', personElement(member), member.code === ownCode ? ' – you' : '');
  memberList.replaceChildren(...members.map(item));
  count.textContent = String(members.length);
  tellApart();
}

function showSaid({ name, code, text }) {
  addLine(element('li', 'said', element('b', '', personElement({ name, code })), text));
  tellApart();
}

const happenings = {
  connecting: () => showState('connecting', 'connecting…'),
  joined({ code, missed }) {
    ownCode = code;
    showState('connected', 'connected');
    if (missed) note('The chat was restarted: some messages may be missing here.');
    session.askWho();
  },
  said: showSaid,
  note: ({ text }) => note(text),
  present: ({ members }) => showMembers(members),
  acknowledged({ upTo }) {
    for (const line of messages.querySelectorAll('.waiting')) {
      if (Number(line.dataset.number) <= upTo) line.classList.remove('waiting');
    }
  },
  lost: ({ reason, pause }) =>
    showState('lost', `connection lost (${reason}); trying again in ${(pause / 1000).toFixed(1)} s`),
  left: () => goToDoor(''),
  refused: ({ reason }) => goToDoor(reason),
};

function goToDoor(reason) {
  clearInterval(asking);
  room.hidden = true;
  door.hidden = false;
  refusal.hidden = reason === '';
  refusal.textContent = reason;
  nameField.focus();
}

enter.addEventListener('submit', (event) => {
  event.preventDefault();
  door.hidden = true;
  room.hidden = false;
  messages.replaceChildren();
  showMembers([]);
  const url = `${location.protocol.replace('http', 'ws')}//${location.host}/chat`;
  session = openSession({
    url,
    name: nameField.value,
    report: (happening) => happenings[happening.type](happening),
  });
  // The page asks for the list of members from time to time, but not while it is hidden.
  asking = setInterval(() => document.hidden || session.askWho(), WHO_INTERVAL);
  textField.focus();
});

compose.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = textField.value.trim();
  if (text === '') return;
  const line = element('li', 'said own waiting', text);
  line.dataset.number = String(session.say(text));
  addLine(line);
  textField.value = '';
});

leave.addEventListener('click', () => session.leave());

nameField.focus();
