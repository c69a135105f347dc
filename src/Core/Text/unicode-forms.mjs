// Makes unicode-forms.txt from the Unicode tables of the Node that runs it:  node unicode-forms.mjs > unicode-forms.txt
// Lines: C class codes… | P composite first second | D code canonical decomposition… | K code compatibility decomposition…   (all hex; codes of a class as first-last)
const byClass = [ // a mark of each combining class
  [1, 0x334], [6, 0x16ff0], [7, 0x93c], [8, 0x3099], [9, 0x94d], [10, 0x5b0], [11, 0x5b1], [12, 0x5b2], [13, 0x5b3], [14, 0x5b4], [15, 0x5b5],
  [16, 0x5b6], [17, 0x5b7], [18, 0x5b8], [19, 0x5b9], [20, 0x5bb], [21, 0x5bc], [22, 0x5bd], [23, 0x5bf], [24, 0x5c1], [25, 0x5c2], [26, 0xfb1e],
  [27, 0x64b], [28, 0x64c], [29, 0x64d], [30, 0x618], [31, 0x619], [32, 0x61a], [33, 0x651], [34, 0x652], [35, 0x670], [36, 0x711], [84, 0xc55],
  [91, 0xc56], [103, 0xe38], [107, 0xe48], [118, 0xeb8], [122, 0xec8], [129, 0xf71], [130, 0xf72], [132, 0xf74], [202, 0x321], [214, 0x1dce],
  [216, 0x31b], [218, 0x1dfa], [220, 0x316], [222, 0x59a], [224, 0x302e], [226, 0x1d16d], [228, 0x5ae], [230, 0x300], [232, 0x315], [233, 0x35c],
  [234, 0x35d], [240, 0x345]];
const hex = text => [...text].map(c => c.codePointAt(0).toString(16)).join(' ');
const isHangul = code => code >= 0xac00 && code <= 0xd7a3;
// Two marks change places when the first one's class is the higher; with what is no mark nothing does.
const stays = (a, b) => ('x' + a + b).normalize('NFD') === 'x' + a + b;
const isMark = char => !stays(char, '\u0334') || !stays('\u0345', char);
const classOf = char => byClass.find(([, code]) => stays(char, String.fromCodePoint(code)) && stays(String.fromCodePoint(code), char))[0];
const classes = new Map();
const lines = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff || isHangul(code)) continue;
  const char = String.fromCodePoint(code);
  const canonical = char.normalize('NFD');
  const compatible = char.normalize('NFKD');
  if (canonical !== char) {
    lines.push(`D ${hex(char)} ${hex(canonical)}`);
    const parts = [...canonical];
    if (char.normalize('NFC') === char && parts.length > 1) lines.push(`P ${hex(char)} ${hex(parts.slice(0, -1).join('').normalize('NFC'))} ${hex(parts.at(-1))}`);
  } else if (isMark(char)) {
    classes.set(classOf(char), [...classes.get(classOf(char)) ?? [], code]);
  }
  if (compatible !== canonical) lines.push(`K ${hex(char)} ${hex(compatible)}`);
}
for (const [number, codes] of [...classes].sort((a, b) => a[0] - b[0])) {
  const ranges = [];
  for (const code of codes) if (ranges.length && ranges.at(-1)[1] === code - 1) ranges.at(-1)[1] = code; else ranges.push([code, code]);
  lines.unshift(`C ${number.toString(16)} ${ranges.map(([a, b]) => `${a.toString(16)}-${b.toString(16)}`).join(' ')}`);
}
console.log(`# Unicode ${process.versions.unicode}, made by unicode-forms.mjs`);
console.log(lines.join('\n'));
