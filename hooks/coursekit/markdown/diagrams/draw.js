// Runs in QuickJS, behind pele.global.js and `widths` (inter-widths.json). Nothing of the host is in reach.

const BOLD = 1, MONO = 4;  // bits of Pele's text styles

const measurer = {
  width(text, size, style) {
    const known = style & BOLD ? widths.bold : widths.regular;
    let sum = 0;
    for (const character of text)
      sum += style & MONO ? 600 : known[character] ?? foreign(character);
    return sum * size / 1000;
  },
};

// A character that the font does not hold, in thousandths of the font's size: emoji fonts draw about 1.25 em.
function foreign(character) {
  if (/\p{Mark}|\u200d/u.test(character)) return 0;
  return /\p{Extended_Pictographic}|\p{Emoji_Presentation}/u.test(character) ? 1250 : character > "\u2e80" ? 1000 : 650;
}

// Returns, as JSON, {kind, width, height, svg} or {fault, line}; the line is 1-based, 0 when unknown.
function draw(source, outputLimit) {
  try {
    // `now`: without it a Gantt chart marks the day of the build, and no two builds are alike.
    const {svg, width, height, type} = pele.render(source, {measurer, outputLimit, links: false, images: false, now: 0});
    return JSON.stringify({kind: type, width, height, svg});
  } catch (error) {
    return JSON.stringify({fault: error.code ?? "semantic", line: error.line ?? 0});
  }
}
