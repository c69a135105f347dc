// Makes pinyin.txt from the dictionary of pinyin-pro (npm, MIT licence: pinyin.licence.txt):  npm install pinyin-pro@3.29.4, then node pinyin.mjs > pinyin.txt
// Lines: a syllable without tone and the characters that are mostly read so | = words whose characters are read otherwise than one by one, each followed by its syllables.
// ü is written u: people type lu, lv and lü for it, and all are looked up as one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(join(process.cwd(), 'x.js'));
const { pinyin } = require('pinyin-pro');
const data = join(dirname(require.resolve('pinyin-pro/package.json')), 'dist', 'esm', 'data');
const plain = syllable => syllable.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll('v', 'u');
const isSyllable = text => /^[a-z]{1,6}$/.test(text) && !['m', 'n', 'ng', 'hm', 'hng'].includes(text);

const readings = new Map();
for (let code = 0x4e00; code <= 0x9fff; code++) {
  const char = String.fromCharCode(code);
  const read = plain(pinyin(char));
  if (isSyllable(read)) readings.set(char, read);
}
const known = new Map();
const longest = 4;
// As the hub reads: at each place the longest known word, else the character.
const read = word => {
  const made = [];
  for (let i = 0; i < word.length;) {
    let length = Math.min(longest, word.length - i);
    while (length > 1 && !known.has(word.slice(i, i + length))) length--;
    if (length > 1) made.push(...known.get(word.slice(i, i + length)).split(' '));
    else made.push(readings.get(word[i]) ?? '?');
    i += Math.max(1, length);
  }
  return made.join(' ');
};
const words = [];
for (const file of ['dict2', 'dict3', 'dict4']) {
  const text = readFileSync(join(data, file + '.mjs'), 'utf8');
  for (const [, word, sound] of text.matchAll(/^ {4}'?([\u4e00-\u9fff]{2,4})'?: '([^']+)'/gm)) words.push([word, plain(sound)]);
}
words.sort((a, b) => a[0].length - b[0].length);
for (const [word, sound] of words) {
  const syllables = sound.split(' ');
  if (syllables.length === word.length && syllables.every(isSyllable) && read(word) !== sound) known.set(word, sound);
}
console.log('# From pinyin-pro 3.29.4 (MIT), made by pinyin.mjs');
const bySyllable = new Map();
for (const [char, syllable] of readings) bySyllable.set(syllable, (bySyllable.get(syllable) ?? '') + char);
for (const syllable of [...bySyllable.keys()].sort()) console.log(`${syllable} ${bySyllable.get(syllable)}`);
for (const word of [...known.keys()].sort()) console.log(`= ${word} ${known.get(word)}`);
