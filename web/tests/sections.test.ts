import { expect, test } from 'vitest';
import { initialOf, sectioned } from '../src/core/sections';

test('a Chinese name stands under the first letter of its pinyin', () => {
  const letters = [...'安白陈丁鄂冯郭何江孔李马倪欧潘钱任宋唐王徐杨周'].map(initialOf).join('');
  expect(letters).toBe('ABCDEFGHJKLMNOPQRSTWXYZ');
});

test('letters with marks and small ones stand with the plain ones, signs and digits at the end', () => {
  expect(['élise', 'Ørsted', 'zoë', '7up', '🌤', '', '  anna'].map(initialOf)).toEqual(['E', '#', 'Z', '#', '#', '#', 'A']);
});

test('sections go from A to Z, and every name is in one', () => {
  const names = ['周', 'Ann', '3', '白露', 'bob', '安'];
  expect(sectioned(names, (name) => name)).toEqual([
    { letter: 'A', items: ['安', 'Ann'] }, { letter: 'B', items: ['白露', 'bob'] }, { letter: 'Z', items: ['周'] }, { letter: '#', items: ['3'] },
  ]);
});
