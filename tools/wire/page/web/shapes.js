// Shapes that tell frames apart without their colours.

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} direction */
export function arrowHead(context, x, y, direction, size = 6) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - direction * size * 1.5, y - size);
  context.lineTo(x - direction * size * 1.5, y + size);
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
export function cross(context, x, y, size = 7) {
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
  context.lineWidth = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y */
export function diamond(context, x, y, size = 7) {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

/** Cuts a text that is too wide. @param {CanvasRenderingContext2D} context @param {string} text @param {number} room */
export function fit(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let [low, high] = [0, Math.min(text.length, 400)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}
