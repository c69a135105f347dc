// Makes simplified.txt from the dictionaries of OpenCC (npm package opencc 1.4.2, Apache-2.0):  node simplified.mjs DICTIONARY_FOLDER > simplified.txt
// Lines: a simplified character followed by the traditional ones that become it | = traditional phrase and its simplified form, where its characters alone would give another.
// Only what keeps its length in UTF-16 units is taken: places in a folded text are then places in the original.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const rows = file => readFileSync(join(folder, file), 'utf8').split('\n').filter(line => line && !line.startsWith('#'))
  .map(line => line.split('\t')).map(([key, values]) => [key, values.split(' ')]);
const single = new Map();
for (const [from, [to]] of rows('TSCharacters.txt')) if (from !== to && from.length === to.length) single.set(from, to);
const simple = char => single.get(char) ?? char;
const convert = text => [...text].map(simple).join('');
// Forms of Taiwan and Hong Kong that the table above leaves beside the common one. 着 and 著 are one word in Taiwan's writing (看著): for looking they are one everywhere.
const regional = new Map([...'簷檐 睪睾 痺痹 潀潨 粧妆 敍叙 枱台 糭粽 衞卫 著着'.split(' ')].map(pair => [...pair]));
for (const [from, to] of regional) single.set(from, to);
// A phrase without any character of the old forms is plain Simplified Chinese: 打坏 is broken, not unburnt.
const isOld = key => [...key].some(char => single.has(char)) || !key.includes('坏');
const phrases = rows('TSPhrases.txt').map(([from, [to]]) => [from, [...to].map(char => regional.get(char) ?? char).join('')]).filter(([from, to]) => from.length === to.length && convert(from) !== to && isOld(from));
const traditional = new Map();
for (const [from, to] of single) traditional.set(to, (traditional.get(to) ?? '') + from);

console.log('# Made by simplified.mjs from the dictionaries of OpenCC 1.4.2, https://github.com/BYVoid/OpenCC, Apache License 2.0: see simplified.licence.txt');
for (const [to, from] of [...traditional].sort(([a], [b]) => a < b ? -1 : 1)) console.log(to + from);
for (const [from, to] of phrases) console.log(`= ${from} ${to}`);
