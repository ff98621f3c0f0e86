import { encode } from 'uqr';

/** Four modules of paper on each side: what ISO/IEC 18004 asks for, so that every camera finds the code. */
const QUIET = 4;

export interface Qr {
  /** Modules on a side, the quiet zone included. */
  size: number;
  /** The dark modules as an SVG path, one run of a row at a time. */
  path: string;
}

/** A text as a QR code that still reads with 15 % of it covered. Throws where the text is too long for one. */
export function qrOf(text: string): Qr {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      path += `M${start} ${y}h${x + 1 - start}v1h${start - x - 1}z`;
    }
  });
  return { size, path };
}

/** The same as a picture to keep, of whole pixels a module. */
export function qrPicture(text: string, paper: string, ink: string, about = 800): Promise<Blob | null> {
  const { size, path } = qrOf(text);
  const scale = Math.max(1, Math.round(about / size));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const draw = canvas.getContext('2d');
  if (!draw) return Promise.resolve(null);
  draw.fillStyle = paper;
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.scale(scale, scale);
  draw.fillStyle = ink;
  draw.fill(new Path2D(path));
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
