// Draws frames.
import { createNotes } from './notes.js';
import { arrowHead, cross, diamond, fit } from './shapes.js';
import { BOLD, FONT, SIDES, SMALL } from './theme.js';
import { endsStream, frameText, messageText, statusOf } from './words.js';

/** @import { Frame } from '../../src/events.ts' */
/** @import { Row } from './story.js' */
/** @import { Colours, Lanes } from './theme.js' */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Colours} colours
 * @param {Lanes} lanes
 */
export function createPainter(context, colours, lanes) {
  const { left, right } = lanes;
  const notes = createNotes(context, colours, lanes);

  /** @param {Frame} frame */
  function colourOf(frame) {
    if (frame.frame === 'RST_STREAM') return colours.bad;
    if (frame.stream === 0) return colours.faint;
    return colours[frame.side];
  }

  /** The arrow of a frame, as far as it has come. @param {Frame} frame @param {number} y @param {number} height @param {number} progress */
  function arrow(frame, y, height, progress) {
    const direction = frame.side === 'client' ? 1 : -1;
    const [from, to] = direction === 1 ? [left, right] : [right, left];
    const line = y + height - Math.min(7, height / 2);
    const end = from + (to - from) * progress;
    const size = Math.min(6, height / 3);
    context.strokeStyle = context.fillStyle = colourOf(frame);
    context.setLineDash(frame.frame === 'RST_STREAM' ? [5, 4] : []);
    context.beginPath();
    context.moveTo(from, line);
    context.lineTo(end, line);
    context.stroke();
    context.setLineDash([]);
    if (height < 8) return;
    if (frame.frame === 'RST_STREAM') return cross(context, end - direction * 7, line, size);
    const ending = endsStream(frame) ? 7 : 0;
    arrowHead(context, end - direction * ending, line, direction, frame.stream === 0 ? size * 0.6 : size);
    if (ending) context.fillRect(end - (direction === 1 ? 6 : 0), line - 9, 6, 13);
    const status = statusOf(frame);
    if (status === undefined) return;
    context.fillStyle = status === 'OK' ? colours.good : colours.bad;
    diamond(context, from + direction * 8, line, size + 1);
  }

  /** @param {Row} row @param {Frame} frame @param {number} y @param {number} height */
  function frameLabel(row, frame, y, height) {
    const { messages } = row;
    const pad = statusOf(frame) === undefined ? 10 : 22;
    const room = right - left - pad - 12;
    const isOver = frame.frame === 'RST_STREAM' || endsStream(frame) || statusOf(frame) !== undefined;
    context.font = isOver ? BOLD : FONT;
    const text = fit(context, `${frameText(frame)}${row.isFalse ? ' ← false!' : ''}`, room);
    const width = context.measureText(text).width;
    const fromClient = frame.side === 'client';
    const line = y + height / 2 - 2;
    if (row.isFalse) context.fillStyle = colours.bad;
    else
      context.fillStyle =
        frame.stream === 0 || frame.frame === 'WINDOW_UPDATE' ? colours.faint : colourOf(frame);
    context.textAlign = fromClient ? 'left' : 'right';
    const start = fromClient ? left + pad : right - pad;
    context.fillText(text, start, line);
    if (messages.length === 0) return;
    context.font = FONT;
    const more = messages.length > 1 ? ` and ${messages.length - 1} more` : '';
    const label = fit(context, messages[0] ? messageText(messages[0]) + more : '', room - width - 30);
    if (label.length < 4) return;
    const labelWidth = context.measureText(label).width + 12;
    const x = fromClient ? start + width + 8 : start - width - 8 - labelWidth;
    context.globalAlpha = 0.16;
    context.beginPath();
    context.roundRect(x, y + 2, labelWidth, height - 10, 6);
    context.fill();
    context.globalAlpha = 1;
    context.textAlign = 'left';
    context.fillStyle = colours.text;
    context.fillText(label, x + 6, line);
  }

  /** A bar along the sender's lane while a message goes on over several frames. @param {Row} row @param {Frame} frame @param {number} y @param {number} height */
  function parts(row, frame, y, height) {
    if (row.parts.length === 0) return;
    context.fillStyle = colours[frame.side];
    context.globalAlpha = 0.45;
    context.fillRect(frame.side === 'client' ? left + 2 : right - 5, y, 3, height);
    context.globalAlpha = 1;
  }

  return {
    ...notes,
    /** What the sides may still send: bars outside of the lanes. @param {Row} row @param {number} y @param {number} height @param {Record<'client' | 'server', number>} most */
    tanks({ gauges }, y, height, most) {
      for (const side of SIDES) {
        const bytes = gauges[side].stream;
        if (bytes === undefined) continue;
        const width = Math.max(0, bytes / most[side]) * (lanes.tank - 4);
        context.fillStyle = bytes <= 0 ? colours.bad : colours.tank;
        const room = bytes <= 0 ? 4 : width;
        context.fillRect(side === 'client' ? left - 2 - room : right + 2, y, room, height);
      }
    },
    /** @param {number} milliseconds @param {number} y @param {number} height */
    time(milliseconds, y, height) {
      context.font = SMALL;
      context.fillStyle = colours.faint;
      context.textAlign = 'right';
      context.fillText(milliseconds.toFixed(lanes.isNarrow ? 0 : 2), lanes.time - 6, y + height / 2);
    },
    /** @param {Row} row @param {number} y @param {number} height @param {number} progress @param {boolean} withText */
    row(row, y, height, progress, withText) {
      const { event } = row;
      if (event.type === 'frame') {
        parts(row, event, y, height);
        arrow(event, y, height, progress);
        if (withText) frameLabel(row, event, y, height);
      } else if (withText && event.type === 'seen') notes.seen(event, y, height);
      else if (withText) notes.connection(row, y, height);
    },
  };
}
