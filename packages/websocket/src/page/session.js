// A page's stay in the chat, over any number of connections.

// Close codes for which a new connection would not help. Codes from 4000 on are 4000 plus the status of the call.
const FINAL = {
  1003: 'UNSUPPORTED',
  1007: 'INVALID',
  1009: 'TOO_LONG',
  4003: 'INVALID_ARGUMENT',
  4007: 'PERMISSION_DENIED',
  4012: 'UNIMPLEMENTED',
  4016: 'UNAUTHENTICATED',
};
const SHORTEST_PAUSE = 200;
const LONGEST_PAUSE = 5000;
const WORDS = {
  1001: 'the server has ended',
  1006: 'the connection broke',
  1012: 'the server is restarting',
};

/**
 * Joins the chat, and joins it again whenever the connection is lost.
 *
 * Messages that are not acknowledged are sent again. The chat recognises them by `sender` and their number, and drops those that it
 * has. `after` asks for the messages of others since the break.
 *
 * @param {{ url: string, name: string, report: (happening: object) => void }} options
 */
export function openSession({ url, name, report }) {
  const sender = randomText();
  const unacknowledged = [];
  let said = 0;
  let heard = '';
  let room = '';
  let present = [];
  let failures = 0;
  let leaving = false;
  let joined = false;
  let socket;
  let timer;

  function send(message) {
    socket.send(JSON.stringify(message));
  }

  function connect() {
    clearTimeout(timer);
    report({ type: 'connecting' });
    joined = false;
    socket = new WebSocket(url);
    socket.onopen = () => {
      send({ sender, ...(heard ? { after: heard } : {}) });
      send({ name });
      for (const { number, body } of unacknowledged) send({ name, body, number });
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (joined) hear(message);
      else join(message);
    };
    socket.onclose = ended;
  }

  // The first frame is the headers of the call.
  function join({ code, after }) {
    joined = true;
    failures = 0;
    present = [];
    const [roomBefore, positionBefore] = heard.split(':');
    const [roomNow, position] = after.split(':');
    room = roomNow;
    const missed = heard !== '' && (room !== roomBefore || Number(position) < Number(positionBefore));
    if (heard === '' || missed) heard = after;
    report({ type: 'joined', code, missed });
  }

  function hear({
    name = '',
    message = '',
    code = '',
    position,
    acknowledged,
    read,
    dropped,
    members,
    more,
  }) {
    // Its own messages count as heard, too.
    if (position ?? read) heard = `${room}:${position ?? read}`;
    if (members) list(members, more);
    else if (acknowledged) acknowledge(Number(acknowledged));
    else if (dropped) report({ type: 'note', text: message });
    else report({ type: 'said', name, code, text: message });
  }

  // A long list comes in parts.
  function list(members, more) {
    present.push(...members);
    if (more) return;
    report({ type: 'present', members: present });
    present = [];
  }

  function acknowledge(upTo) {
    while (unacknowledged[0]?.number <= upTo) unacknowledged.shift();
    report({ type: 'acknowledged', upTo });
  }

  function ended({ code, reason }) {
    if (leaving) return report({ type: 'left' });
    if (code in FINAL) return report({ type: 'refused', reason: reason || FINAL[code] });
    const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** failures++) * (1 - Math.random() / 2);
    timer = setTimeout(connect, pause);
    report({ type: 'lost', reason: WORDS[code] ?? reason, pause });
  }

  connect();
  return {
    /** Sends a message, now or when there is a connection again. Returns its number. */
    say(body) {
      const number = ++said;
      unacknowledged.push({ number, body });
      if (socket.readyState === WebSocket.OPEN) send({ name, body, number });
      return number;
    },
    /** Asks who is there, unless earlier questions are still on their way. */
    askWho() {
      if (joined && socket.readyState === WebSocket.OPEN && socket.bufferedAmount === 0)
        send({ name, who: true });
    },
    /** Leaves the chat. Messages from before still arrive. */
    leave() {
      leaving = true;
      clearTimeout(timer);
      if (socket.readyState === WebSocket.CLOSED) report({ type: 'left' });
      else socket.close(1000);
    },
  };
}

/** 128 random bits. Unlike `randomUUID` this works on pages without TLS. */
function randomText() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
