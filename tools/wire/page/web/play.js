// The panel that starts calls.
import { send } from './source.js';

/** @import { choices, Choice, Ending, Library, Pattern, PlayState, Speed, Writer } from '../play/choices.ts' */

/** Messages per second at each place of the slider; the last: no limit. @type {Speed[]} */
const SPEEDS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, null];

/** @type {{ title: string, choice: Choice }[]} */
const PRESETS = [
  {
    title: 'A slow reader stops a fast writer',
    choice: {
      pattern: 'download',
      ending: 'complete',
      client: 'ours',
      server: 'ours',
      writer: 'fast',
      speed: 10,
    },
  },
  {
    title: 'A cancelled upload looks complete',
    choice: {
      pattern: 'upload',
      ending: 'leave',
      client: 'grpc-js',
      server: 'grpc-js',
      writer: 'steady',
      speed: null,
    },
  },
  {
    title: 'The same cancel with grpc-iterables',
    choice: {
      pattern: 'upload',
      ending: 'leave',
      client: 'ours',
      server: 'ours',
      writer: 'steady',
      speed: null,
    },
  },
];

/** @param {Speed} speed */
function speedText(speed) {
  if (speed === null) return 'as fast as it can';
  if (speed === 0) return 'nothing: it has stopped';
  return speed === 1 ? '1 message a second' : `${speed} messages a second`;
}

/**
 * @param {object} parts
 * @param {HTMLElement} parts.panel
 * @param {HTMLElement} parts.presets
 * @param {HTMLFormElement} parts.form
 * @param {HTMLElement} parts.speedText
 * @param {HTMLButtonElement} parts.stop
 * @param {(reason: string) => void} parts.trouble
 * @param {() => void} parts.started
 */
export function createPlay({ panel, presets, form, speedText: output, stop, trouble, started }) {
  const slider = /** @type {HTMLInputElement} */ (form.elements.namedItem('speed'));
  slider.max = String(SPEEDS.length - 1);
  slider.value = slider.max;
  /** @type {typeof choices | undefined} */
  let known;

  /** @param {string} name */
  const select = (name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));

  const speed = () => /** @type {Speed} */ (SPEEDS[Number(slider.value)] ?? null);

  function showSpeed() {
    output.textContent = speedText(speed());
  }

  function showEndings() {
    const early = /** @type {readonly string[]} */ (known?.early ?? []);
    const impossible = !early.includes(select('pattern').value);
    for (const option of select('ending').options) if (option.value === 'early') option.disabled = impossible;
    if (impossible && select('ending').value === 'early') select('ending').value = 'complete';
  }

  /** @param {Choice} choice */
  function show(choice) {
    for (const name of /** @type {const} */ (['pattern', 'ending', 'client', 'server', 'writer']))
      select(name).value = choice[name];
    slider.value = String(SPEEDS.indexOf(choice.speed));
    showSpeed();
    showEndings();
  }

  /** @param {Parameters<typeof send>[0]} order */
  async function order(order) {
    const refused = await send(order);
    if (refused) trouble(refused);
  }

  function start() {
    started();
    order({
      do: 'start',
      pattern: /** @type {Pattern} */ (select('pattern').value),
      ending: /** @type {Ending} */ (select('ending').value),
      client: /** @type {Library} */ (select('client').value),
      server: /** @type {Library} */ (select('server').value),
      writer: /** @type {Writer} */ (select('writer').value),
      speed: speed(),
    });
  }

  /** @param {typeof choices} given */
  function fill(given) {
    known = given;
    /** @param {string} name @param {Record<string, string>} options */
    const options = (name, options) =>
      select(name).replaceChildren(
        ...Object.entries(options).map(([value, text]) => new Option(text, value)),
      );
    options('pattern', given.patterns);
    options('ending', given.endings);
    options('client', given.libraries);
    options('server', given.libraries);
    options('writer', given.writers);
    showEndings();
  }

  for (const { title, choice } of PRESETS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = title;
    button.addEventListener('click', () => {
      show(choice);
      start();
    });
    presets.append(button);
  }
  select('pattern').addEventListener('change', showEndings);
  slider.addEventListener('input', () => {
    showSpeed();
    order({ do: 'speed', speed: speed() });
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  stop.addEventListener('click', () => order({ do: 'stop' }));
  showSpeed();

  return {
    /** @param {PlayState} state */
    show({ running, choices: given }) {
      if (!known && given) fill(given);
      panel.hidden = false;
      stop.disabled = !running;
    },
  };
}
