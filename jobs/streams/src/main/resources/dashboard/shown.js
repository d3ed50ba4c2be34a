// Names and texts from data, shown as what they are: a character that hides, or turns the direction of others, is named instead of obeyed, and each
// name keeps its direction to itself. Text from data is only ever set as text.
'use strict';

const Shown = (() => {
  // Controls (line breaks and tabs aside), soft hyphens, bidi controls, what has no width, tags outside of flags. Joiners stay: scripts and emoji need them.
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;
  const drawn = new WeakMap();

  const code = (character) => 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
  const odd = (value) => value.search(HIDDEN) >= 0;

  // For titles, options and charts, which hold nothing but text.
  const plain = (value) => String(value).replace(HIDDEN, (character) => `[${code(character)}]`);

  function mark(character) {
    const node = document.createElement('code');
    node.className = 'ctl';
    node.textContent = code(character);
    return node;
  }

  function parts(value) {
    const nodes = [];
    let from = 0;
    for (const found of value.matchAll(HIDDEN)) {
      if (found.index > from) nodes.push(document.createTextNode(value.slice(from, found.index)));
      nodes.push(mark(found[0]));
      from = found.index + found[0].length;
    }
    if (from < value.length) nodes.push(document.createTextNode(value.slice(from)));
    return nodes;
  }

  // Sets a node's text, unless it has it.
  function text(node, given) {
    const value = String(given);
    if (drawn.get(node) === value) return;
    if (!odd(value)) {
      if (node.textContent !== value || node.firstElementChild) node.textContent = value;
      drawn.delete(node);
      return;
    }
    node.replaceChildren(...parts(value));
    drawn.set(node, value);
  }

  // A name inside of a line.
  function name(value) {
    const node = document.createElement('bdi');
    text(node, value);
    return node;
  }

  // Sets a line of words and names: a name is { name }.
  function line(node, pieces) {
    const key = JSON.stringify(pieces);
    if (drawn.get(node) === key) return;
    node.replaceChildren(...pieces.map((piece) => piece.name === undefined ? piece : name(piece.name)));
    drawn.set(node, key);
  }

  // Names side by side.
  const list = (names) => names.flatMap((one, i) => i ? [' · ', { name: one }] : [{ name: one }]);

  return { text, name, line, list, plain };
})();
