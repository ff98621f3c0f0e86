/** Places on earth: reading them from what people paste, writing them for messages, for maps and for people. */
import { say } from './i18n';

export interface Place {
  /** Degrees north and east, WGS 84. */
  lat: number;
  lng: number;
}

const PAIR = /(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)/;

/** As the `memo` of a message: "31.2397,121.4998"; null for what is no place. */
export function readPlace(memo: string | undefined): Place | null {
  const found = /^(-?\d{1,2}(?:\.\d{1,7})?),(-?\d{1,3}(?:\.\d{1,7})?)$/.exec(memo ?? '');
  return found ? onEarth(Number(found[1]), Number(found[2])) : null;
}

/** From two numbers, a geo: address, or the address of a map that has the two numbers in it. */
export function findPlace(text: string): Place | null {
  const found = PAIR.exec(decoded(text.trim()));
  return found ? onEarth(Number(found[1]), Number(found[2])) : null;
}

export function writePlace({ lat, lng }: Place): string {
  return `${rounded(lat)},${rounded(lng)}`;
}

/** What a message says of a place without a name, to readers of any language: 31.2397° N, 121.4998° E. */
export function plainDegrees({ lat, lng }: Place): string {
  return `${Math.abs(rounded(lat))}° ${lat < 0 ? 'S' : 'N'}, ${Math.abs(rounded(lng))}° ${lng < 0 ? 'W' : 'E'}`;
}

/** The same as the reader's language has it. */
export function degreesText({ lat, lng }: Place): string {
  const [north, east] = [lat, lng].map((degrees) => Math.abs(rounded(degrees)));
  return say('location.pair', {
    lat: say(lat < 0 ? 'location.south' : 'location.north', { degrees: north }),
    lng: say(lng < 0 ? 'location.west' : 'location.east', { degrees: east }),
  });
}

/** What the place in a message is called: by its name, or by its degrees in the reader's language. */
export function placeName({ content = '', memo }: { content?: string; memo?: string }): string {
  const place = readPlace(memo);
  return place && content === plainDegrees(place) ? degreesText(place) : content;
}

/** Six decimals are ten centimetres. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6 + 0; // never -0
}

function onEarth(lat: number, lng: number): Place | null {
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** East of the map's edge is its other side. */
export function wrapped({ lat, lng }: Place): Place {
  return { lat: Math.min(90, Math.max(-90, lat)), lng: ((((lng + 180) % 360) + 360) % 360) - 180 };
}
