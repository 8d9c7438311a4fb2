// Colours, hatching and signs of the map: those of the sketch and its legend.

export const COLOURS = { pass: "#8cc5bc", fail: "#e88d74", wait: "#fdf3dc", none: "#ffffff" };
const INKS = { pass: "#06594f", fail: "#8f2308", wait: "#7d5500" };

// 待定 is hatched: it must be told from 达标 without colours.
export function hatching() {
  const [canvas, pen] = sheet(8);
  pen.fillStyle = COLOURS.wait;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = INKS.wait;
  pen.lineWidth = 2;
  for (const start of [-8, 0, 8]) {
    pen.beginPath();
    pen.moveTo(start, 8);
    pen.lineTo(start + 8, 0);
    pen.stroke();
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

// ● ▲ ◇, drawn: text on the map would ask for fonts from a server.
export function sign(kind) {
  const [canvas, pen] = sheet(32);
  pen.fillStyle = pen.strokeStyle = INKS[kind];
  pen.lineWidth = 3;
  pen.beginPath();
  if (kind === "pass") pen.arc(16, 16, 8, 0, 2 * Math.PI);
  else for (const [x, y] of kind === "fail" ? [[16, 6], [26, 25], [6, 25]] : [[16, 5], [27, 16], [16, 27], [5, 16]]) pen.lineTo(x, y);
  pen.closePath();
  if (kind === "wait") pen.stroke();
  else pen.fill();
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function sheet(size) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  return [canvas, canvas.getContext("2d")];
}
