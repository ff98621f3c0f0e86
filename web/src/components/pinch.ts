/** Where a picture stands in the viewer: scaled about the middle of the screen, then moved; in CSS pixels. */
export interface Place {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const WHOLE: Place = { scale: 1, x: 0, y: 0 };
export const MOST_SCALE = 5;

/** `place` with another scale, such that what is under (x, y), seen from the middle, stays there. */
export function zoomAt(place: Place, scale: number, x: number, y: number): Place {
  const next = Math.min(MOST_SCALE, Math.max(1, scale));
  const grown = next / place.scale;
  return { scale: next, x: x - (x - place.x) * grown, y: y - (y - place.y) * grown };
}

/** `place` moved no further than that the picture's edge meets the screen's. */
export function within(place: Place, picture: Size, screen: Size): Place {
  const hold = (at: number, size: number, room: number) => {
    const most = Math.max(0, (size * place.scale - room) / 2);
    return Math.min(most, Math.max(-most, at)) + 0; // never -0
  };
  return {
    scale: place.scale,
    x: hold(place.x, picture.width, screen.width),
    y: hold(place.y, picture.height, screen.height),
  };
}

/** What a finger that moved by (x, y) px on a whole picture meant. */
export function swipeOf(x: number, y: number): 'previous' | 'next' | 'close' | null {
  if (Math.abs(x) > Math.abs(y)) return Math.abs(x) < 60 ? null : x > 0 ? 'previous' : 'next';
  return y > 90 ? 'close' : null;
}
