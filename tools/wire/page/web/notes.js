// Draws what is not a frame: what code saw, silences, connections, and what is explained.
import { isEmpty } from './connections.js';
import { FINDING_LINE } from './layout.js';
import { fit } from './shapes.js';
import { BOLD, FONT, SIDES, SMALL } from './theme.js';
import { duration, rowText } from './words.js';

/** @import { Seen } from '../../src/events.ts' */
/** @import { Place } from './layout.js' */
/** @import { Row } from './story.js' */
/** @import { Colours, Lanes } from './theme.js' */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Colours} colours
 * @param {Lanes} lanes
 */
export function createNotes(context, colours, lanes) {
  const { left, right } = lanes;
  return {
    /** What the code of a side saw: a note at its lane. @param {Seen} seen @param {number} y @param {number} height */
    seen({ side, text }, y, height) {
      context.font = FONT;
      const label = fit(context, lanes.isNarrow ? text : `${side}’s code: ${text}`, right - left - 40);
      const width = context.measureText(label).width + 16;
      const x = side === 'client' ? left - 6 : right + 6 - width;
      context.fillStyle = colours.surface;
      context.strokeStyle = colours[side];
      context.beginPath();
      context.roundRect(x, y + 2, width, height - 4, 5);
      context.fill();
      context.stroke();
      context.fillStyle = colours.text;
      context.textAlign = 'left';
      context.fillText(label, x + 8, y + height / 2);
    },
    /** Something about the whole connection: a line over both lanes. @param {Row} row @param {number} y @param {number} height */
    connection(row, y, height) {
      context.strokeStyle = row.event.type === 'opened' ? colours.line : colours.bad;
      context.beginPath();
      context.moveTo(left - 6, y + height / 2);
      context.lineTo(right + 6, y + height / 2);
      context.stroke();
      context.font = FONT;
      const label = fit(context, rowText(row), right - left - 40);
      const width = context.measureText(label).width + 14;
      context.fillStyle = colours.surface;
      context.fillRect((left + right - width) / 2, y + 2, width, height - 4);
      context.fillStyle = colours.text;
      context.textAlign = 'center';
      context.fillText(label, (left + right) / 2, y + height / 2);
    },
    /** A silence, and who has to wait in it. @param {Extract<Place, { kind: 'gap' }>} place @param {number} y @param {number} height */
    gap({ milliseconds, row }, y, height) {
      const waiting = SIDES.find((side) => isEmpty(row.gauges[side]));
      context.font = SMALL;
      context.fillStyle = waiting ? colours.waits : colours.faint;
      context.textAlign = 'center';
      const text = `${duration(milliseconds)}${waiting ? `: the ${waiting} must wait` : ''}`;
      context.fillText(`· · ·  ${text}  · · ·`, (left + right) / 2, y + height / 2);
    },
    /** @param {Extract<Place, { kind: 'finding' }>} place @param {number} y @param {number} height */
    finding({ finding, titles, lines, places }, y, height) {
      const x = left + 8;
      context.fillStyle = colours[`${finding.tone}-ground`];
      context.fillRect(x, y + 3, right - left - 16, places * height - 6);
      context.fillStyle = colours[finding.tone];
      context.fillRect(x, y + 3, 4, places * height - 6);
      context.textAlign = 'left';
      for (const [index, line] of [...titles, ...lines].entries()) {
        const isTitle = index < titles.length;
        context.font = isTitle ? BOLD : FONT;
        context.fillStyle = isTitle ? colours[finding.tone] : colours.text;
        context.fillText(line, x + 14, y + 20 + index * FINDING_LINE);
      }
    },
  };
}
