import { writePlace, type Place } from './place';

/** Where a click leads; nothing is asked of these before it. Chinese maps are told that this is WGS 84. */
export function mapsOf({ lat, lng }: Place, name: string): { id: string; href: string }[] {
  const at = writePlace({ lat, lng });
  const [north, east] = at.split(',');
  const title = encodeURIComponent(name);
  return [
    { id: 'app', href: `geo:${at}?q=${at}(${title})` },
    { id: 'amap', href: `https://uri.amap.com/marker?position=${east},${north}&name=${title}&coordinate=wgs84` },
    { id: 'baidu', href: `https://api.map.baidu.com/marker?location=${at}&title=${title}&content=${title}&coord_type=wgs84&output=html` },
    { id: 'osm', href: `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=16/${north}/${east}` },
    { id: 'google', href: `https://www.google.com/maps/search/?api=1&query=${north}%2C${east}` },
    { id: 'apple', href: `https://maps.apple.com/?ll=${at}&q=${title}` },
  ];
}
