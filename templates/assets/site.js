/* Comfort for every page: a borough that is remembered on this device, tables in another order, links and citations to copy.
   It changes no figure; without it nothing is missing but these. */
(() => {
  "use strict";
  const root = document.currentScript.getAttribute("src").split("assets/")[0];
  const first = (wanted, from = document) => from.querySelector(wanted);
  const all = (wanted, from = document) => [...from.querySelectorAll(wanted)];
  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const button = (text, act, label = null) => {
    const made = make("button", text, { type: "button", className: "do" });
    made.onclick = () => act(made);
    made.ariaLabel = label;
    return made;
  };
  const voice = make("p", "", { className: "vh", role: "status" });
  document.body.append(voice);
  const say = (words) => (voice.textContent = words);
  const canonical = first("link[rel=canonical]")?.href || location.href;

  /* My borough: its slug and name. Where a browser keeps nothing for a page, it lasts as long as the page. */
  const KEY = "safeguarding-borough";
  const OWN = " (my ${HERE.area})";
  let mine;
  const keep = (words) => {
    try {
      if (words !== undefined) localStorage.setItem(KEY, words);
      words = localStorage.getItem(KEY);
    } catch {
      /* Not allowed here. */
    }
    mine = /^([a-z-]{5,30})\|([A-Za-z ]{5,30})$/.exec(words || "");
  };
  const mark = () => {
    all(".mine").forEach((one) => one.remove());
    for (const one of all(".my")) {
      one.classList.remove("my");
      if (one.ariaLabel) one.ariaLabel = one.ariaLabel.replace(OWN, "");
    }
    if (!mine) return;
    const [, slug, name] = mine, home = make("p", "My ${HERE.area}: ", { className: "mine" });
    home.append(make("a", name, { href: `${root}${HERE.folder}/${slug}.html` }));
    first(".mast nav").before(home);
    for (const one of all("main :is(th[scope=row], .az li, dt)")) {
      const named = first("a", one) || one.firstChild;
      if (named?.textContent !== name) continue;
      (one.closest("tr") || one).classList.add("my");
      named.after(make("small", OWN, { className: "mine" }));
    }
    for (const one of all("main svg a[aria-label]")) {
      if (!new RegExp(`(^|[#/])${slug}(.html)?$`).test(one.getAttribute("href"))) continue;
      one.classList.add("my");
      one.ariaLabel += OWN;
    }
  };

  /* Its control: on a borough's page for that borough, beneath squares that lead to boroughs for any. */
  const box = make("div", "", { className: "order" });
  const here = /${HERE.folder}\/(?!index)([a-z-]+).html$/.exec(canonical);
  const places = here ? [] : all(".map a").map((one) => [one.ariaLabel.split(": ")[1], /([a-z-]+).html$/.exec(one.getAttribute("href"))?.[1]]);
  const squares = places.filter(([, slug]) => slug).sort();
  const offer = () => {
    const set = (words, said) => {
      keep(words);
      mark();
      offer();
      first("button", box).focus();
      say(said);
    };
    const remember = (slug, name) => set(`${slug}|${name}`, `${name} is remembered.`);
    if (mine && (!here || here[1] === mine[1])) {
      box.replaceChildren(button(`Forget ${mine[2]}`, () => set("", "Forgotten.")));
    } else if (here) {
      const name = first("h1").textContent;
      box.replaceChildren(button(`Remember ${name} on this device`, () => remember(here[1], name)));
    } else {
      const pick = make("select", "", { ariaLabel: "My ${HERE.area}" });
      pick.append(...squares.map(([name, slug]) => new Option(name, slug)));
      box.replaceChildren(pick, button("Remember on this device", () => remember(pick.value, pick.selectedOptions[0].text)));
    }
  };
  keep();
  mark();
  if (here || squares[0]) {
    offer();
    first(here ? ".title" : ".map").append(box);
  }

  /* Tables in the order of a column: London and England stay first, rows without a figure stay last and A to Z. */
  const CHANCE = "This order may be largely chance. ${HERE.areas_head} next to one another can rarely be told apart, so there are no rank numbers here.";
  const said = (cell) => {
    const copy = cell.cloneNode(true);
    all("small, .vh, .dag, .ob, .do", copy).forEach((one) => one.remove());
    return copy.textContent.trim();
  };
  const number = (cell) => (/^[-−]?[\d,]*\.?\d+%?$/.test(said(cell)) ? parseFloat(said(cell).replace(/,/g, "").replace("−", "-")) : NaN);
  for (const table of all(".data:not(.words, .fit)")) {
    const body = table.tBodies[0], heads = all("thead th", table), rows = [...body.rows], note = make("p", CHANCE, { className: "note", hidden: true });
    if (table.tBodies[1] || rows.length < 8 || rows.some((row) => row.cells.length !== heads.length)) continue;
    const sort = (column) => {
      const head = heads[column], way = !column ? "" : head.ariaSort === "descending" ? "ascending" : "descending";
      const size = (row) => number(row.cells[column]) * (way === "ascending" ? 1 : -1);
      const group = (row) => (row.matches(".lon, .eng") ? 0 : isNaN(size(row)) ? 2 : 1);
      const order = (a, b) => group(a) - group(b) || (group(a) % 2) * (size(a) - size(b)) || 0;
      body.append(...(way ? [...rows].sort(order) : rows));
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      if (way) head.ariaSort = way;
      note.hidden = !way;
      say(way ? `Sorted by ${said(head)}, ${way}. ${CHANCE}` : "Sorted A to Z.");
    };
    heads.forEach((head, column) => {
      if (column && !rows.some((row) => !isNaN(number(row.cells[column])))) return;
      head.append(button("↕", () => sort(column), column ? `Sort by ${said(head)}` : "Sort A to Z"));
    });
    (table.closest("[tabindex]") || table).before(note);
  }

  /* Copying. Where a browser does not let us, the words stand selected for the keyboard. */
  const copy = (made, text, shown) => {
    const fall = () => {
      if (!shown) made.after((shown = make("p", text, { className: "cite" })));
      getSelection().selectAllChildren(shown);
      say("Selected: copy it with your keyboard.");
    };
    const done = () => {
      made.textContent = "Copied";
      say("Copied.");
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, fall);
    else fall();
  };
  for (const cite of all("p.cite")) cite.after(button("Copy citation", (made) => copy(made, cite.textContent, cite)));
  const base = location.protocol === "file:" ? canonical : location.href.split("#")[0];
  for (const part of all("main section[id]").filter((one) => first("figure, table", one))) {
    const head = first("h2", part);
    head?.after(button("Copy link", (made) => copy(made, `${base}#${part.id}`), `Copy link to ${said(head)}`));
  }
})();
