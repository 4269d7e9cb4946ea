/* Search over titles, codes and other words: index.html?q=camden+referrals. Every word asked for begins a word of what is
   found. A borough and a subject together lead to the page of that subject in that borough. */
(() => {
  "use strict";
  const { said, joining, pairs, kinds } = searchIndex, MOST = 30;
  const [box, voice, shown] = ["q", "said", "found"].map((id) => document.getElementById(id));

  const plain = (text) =>
    text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const query = (q) => `?${new URLSearchParams({ q })}`;

  const all = kinds.flatMap(([kind, start, end, held], order) =>
    held.map(([title, file, line, others = ""], at) => {
      const name = plain(title), also = others.split("|").map(plain);
      return { order: [order, name, at + 1000], title, file, name, also, line: `${kind}. ${line}`, to: start + file + end, words: `${name} ${also.join(" ")}`.split(" ") };
    }));
  const topics = all.filter((one) => pairs.includes(one.file)), areas = all.filter((one) => one.order[0] === 1);

  /* A plural is asked for by its singular, which begins both. */
  const has = (one, word, stem = word.replace(/(..[^s])s$/, "$1")) => one.words.some((own) => own.startsWith(stem));

  /* An entry with its place among those found: exact title or other word, how they begin, any; then kind and title. */
  const placed = (one, asked, lead) => {
    const starts = (words) => words.startsWith(asked);
    const place = [one.name === asked, one.also.includes(asked), starts(one.name), one.also.some(starts), true].indexOf(true);
    return { ...one, key: [lead, place, ...one.order, one.to].join("\n") };
  };

  const both = (words) => areas.flatMap((area) => topics.flatMap((one) => {
    const own = words.filter((word) => has(one, word)), rest = words.filter((word) => !own.includes(word));
    if (!own[0] || !rest[0] || !rest.every((word) => word[2] && has(area, word))) return [];
    return placed({ ...one, to: `${HERE.folder}/${area.file}/${one.file}.html`, title: `${area.title}: ${one.title}` }, own.join(" "), 0);
  }));

  const find = (asked) => {
    const every = asked.split(" "), some = every.filter((word) => !joining.includes(word)), words = some[0] ? some : every;
    const found = all.filter((one) => words.every((word) => has(one, word))).map((one) => placed(one, asked, 1));
    return found.concat(both(words)).sort((a, b) => (a.key < b.key ? -1 : 1));
  };

  /* A word that nothing begins with, with one letter other, less or more, or two that changed places. */
  const mended = (word) => {
    const ways = [...word].map((letter, at) => {
      const end = word.slice(at + 1);
      return `${word.slice(0, at)}(.?${end}|.${letter}${end}|${end[0]}${letter}${end.slice(1)})`;
    });
    const like = new RegExp(`^(${ways.join("|")})`);
    const near = word[3] && all.flatMap((one) => one.words).find((own) => like.test(own));
    return (!all.some((one) => has(one, word)) && near) || word;
  };

  const show = () => {
    const typed = box.value.trim(), asked = plain(typed), found = asked ? find(asked) : [], many = found.length;
    const words = said[!typed ? "start" : many > MOST ? "most" : many ? "many" : "none"];
    voice.replaceChildren(make("p", words.replace(/{(\w+)}/g, (whole, name) => ({ many, MOST, typed })[name])));
    const ul = make("ul", "", { className: "themes" });
    for (const one of found.slice(0, MOST)) {
      const li = make("li");
      li.append(make("a", one.title, { href: `../${one.to}` }), make("p", one.line));
      ul.append(li);
    }
    shown.replaceChildren(...(many ? [ul] : []));
    const near = many ? asked : asked.split(" ").map(mended).join(" ");
    if (near === asked || !find(near)[0]) return;
    const ask = make("p", said.near);
    ask.append(make("a", near, { href: query(near) }), "?");
    voice.append(ask);
  };

  box.value = (new URLSearchParams(location.search).get("q") || "").slice(0, box.maxLength);
  box.oninput = show;
  box.onchange = () => {
    try {
      history.replaceState(null, "", query(box.value));
    } catch {
      /* Some browsers let no page of a disk change its address. */
    }
  };
  box.form.onsubmit = () => false;
  show();
})();
