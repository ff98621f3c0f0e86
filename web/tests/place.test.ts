import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapsOf } from '../src/core/maps';
import { useLanguage } from '../src/core/i18n';
import { degreesText, findPlace, placeName, plainDegrees, readPlace, wrapped, writePlace } from '../src/core/place';
import { caption, summary } from '../src/core/summary';
import { MEDIA } from '../src/core/types';

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

test('what is written is read again, to ten centimetres', () => {
  fc.assert(fc.property(degrees(90), degrees(180), (lat, lng) => {
    const again = readPlace(writePlace({ lat, lng }))!;
    expect(Math.abs(again.lat - lat)).toBeLessThan(1e-6);
    expect(Math.abs(again.lng - lng)).toBeLessThan(1e-6);
  }));
});

test('places are found in what people paste', () => {
  const shanghai = { lat: 31.2397, lng: 121.4998 };
  for (const text of [
    '31.2397,121.4998', ' 31.2397, 121.4998 ', '31.2397，121.4998', '31.2397 121.4998', 'geo:31.2397,121.4998?z=12',
    'https://maps.example/place/@31.2397,121.4998,15z', 'https://maps.example/?q=31.2397%2C121.4998',
  ]) expect(findPlace(text), text).toEqual(shanghai);
  for (const text of ['', 'Shanghai', '91,0', '0,181', '%E0%A4%A']) expect(findPlace(text), text).toBeNull();
});

test('nothing but the protocol’s form is read from a message', () => {
  for (const memo of [undefined, '', '1', '1,2,3', '1, 2', '91,0', 'NaN,0', '1,2\n', '640x480']) expect(readPlace(memo)).toBeNull();
});

test('east of the edge is the other side, and beyond a pole is the pole', () => {
  expect(wrapped({ lat: 95, lng: 190 })).toEqual({ lat: 90, lng: -170 });
  expect(wrapped({ lat: -95, lng: -190 })).toEqual({ lat: -90, lng: 170 });
});

test('no name breaks out of an address', () => {
  fc.assert(fc.property(fc.string(), (name) => {
    for (const { href } of mapsOf({ lat: 1, lng: 2 }, name)) expect(href).toMatch(/^(geo:|https:\/\/[a-z.]+\/)[^\s"<>]*$/);
  }));
});

test('a place is called by its name, or by its degrees in the reader’s language', async () => {
  globalThis.document ??= { documentElement: {} } as Document;
  const place = { lat: -31.5, lng: 2 };
  const unnamed = { content: plainDegrees(place), memo: writePlace(place) };
  expect(unnamed.content).toBe('31.5° S, 2° E');
  for (const [lang, degrees] of [['en', '31.5° S, 2° E'], ['zh-CN', '南纬 31.5°，东经 2°']] as const) {
    await useLanguage(lang);
    expect(degreesText(place)).toBe(degrees);
    expect(placeName(unnamed)).toBe(degrees);
    expect(placeName({ ...unnamed, content: '东方明珠' })).toBe('东方明珠');
    expect(placeName({ content: 'nowhere', memo: 'x' })).toBe('nowhere');
    expect(caption({ media: MEDIA.location, ...unnamed })).toBe(degrees);
    expect(summary({ media: MEDIA.location, ...unnamed })).toContain(degrees);
  }
});
