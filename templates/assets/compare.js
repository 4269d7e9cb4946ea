/* A few boroughs beside London, chosen by the address: boroughs.html?with=camden,barnet&theme=t1; all themes without the
   last. Adds comfort, changes no figure.
   The choice stands in the query and not behind a #, so that a link inside the page does not lose it. */
(() => {
  "use strict";
  const data = compareData, said = data.said, most = document.querySelectorAll("#pick select:not([id])");
  const slugs = Object.keys(data.boroughs), at = (id) => document.getElementById(id), theme = at("theme");

  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text || "" }, more);
  const put = (parent, ...children) => (parent.append(...children), parent);
  const names = (some) => some.join(", ");
  const tell = (key, some) => said[key].replace("{names}", () => names(some));

  /* Words of the address: known boroughs once each and in their order, others as they were written. */
  const read = () => {
    const query = new URLSearchParams(location.search), asked = (query.get("with") || "").toLowerCase().split(",");
    theme.value = (query.get("theme") || "").toLowerCase();
    if (theme.selectedIndex < 0) theme.value = "";
    const words = [...new Set(asked.map((word) => word.trim()).filter(Boolean))];
    const known = words.filter((word) => slugs.includes(word));
    return {
      chosen: known.slice(0, most.length),
      over: known.slice(most.length).map((slug) => data.boroughs[slug]),
      unknown: words.filter((word) => !slugs.includes(word)).slice(0, most.length).map((word) => `“${word.slice(0, 40)}”`),
    };
  };

  /* One figure: printed;lower;upper;label, or the words for one that is not shown. */
  const cell = (text) => {
    const [printed, lower, upper, label] = text.split(";"), td = make("td");
    put(td, make(printed.startsWith("[") ? "span" : "b", printed));
    if (lower) put(td, make("small", `${lower} ${said.to} ${upper}`));
    if (label) put(td, make("small", data.labels[label]));
    return td;
  };

  const row = (one, places) => {
    const cells = one.cells.split("|"), head = make("th", "", { scope: "row" });
    put(head, make("a", one.title, { href: one.href }), make("small", one.small));
    return put(make("tr"), head, ...places.map((place) => cell(cells[place])));
  };

  const themes = (group) => group.themes.filter((one) => !theme.value || one.code === theme.value);
  const query = (chosen) => `?with=${chosen.join(",")}` + (theme.value ? `&theme=${theme.value}` : "");

  const table = (group, chosen) => {
    const heading = make("h2", `${group.heading} `), heads = [said.london, ...chosen.map((slug) => data.boroughs[slug])];
    if (group.tag) put(heading, make("span", group.tag, { className: "tag" }));
    const words = `${group.tag ? group.tag + ". " : ""}${group.heading}: ${names(heads)}`;
    const places = [0, ...chosen.map((slug) => slugs.indexOf(slug) + 1)];
    const whole = put(make("table", "", { className: "data few" }), make("caption", words, { className: "vh" }));
    const head = put(make("tr"), ...[said.indicator, ...heads].map((name) => make("th", name, { scope: "col" })));
    put(whole, put(make("thead"), head));
    const aside = group.tag ? ` (${group.tag.toLowerCase()})` : "";
    for (const one of themes(group)) {
      const title = put(make("td", "", { className: "wd", colSpan: heads.length + 1 }), make("b", one.title));
      put(title, " ", make("a", said.file + aside, { href: one.file }));
      put(whole, put(make("tbody"), put(make("tr"), title), ...one.rows.map((line) => row(line, places))));
    }
    const box = make("div", "", { className: "scroll", tabIndex: 0, role: "group", ariaLabel: words });
    return put(make("section"), heading, put(box, whole), ...group.notes.map((words) => make("p", words, { className: "note" })));
  };

  const show = ({ chosen, over, unknown }) => {
    const lines = [chosen.length ? tell("shown", chosen.map((slug) => data.boroughs[slug])) : said.none];
    if (unknown.length) lines.push(tell("unknown", unknown));
    if (over.length) lines.push(tell("over", over));
    at("said").replaceChildren(...lines.map((line) => make("p", line)));
    const result = at("result");
    result.replaceChildren();
    if (!chosen.length) return;
    const link = make("a", said.link, { href: query(chosen) }), held = data.groups.filter((group) => themes(group).length);
    put(result, put(make("p"), link), ...held.map((group) => table(group, chosen)));
    if (!held.length) put(result, make("p", said.empty));
  };

  const pick = () => {
    const chosen = [...new Set([...most].map((one) => one.value).filter(Boolean))];
    try {
      history.replaceState(null, "", chosen.length ? query(chosen) : location.pathname);
    } catch (refused) {
      /* Some browsers let no page of a disk change its address; the link on the page holds the choice. */
    }
    show({ chosen, over: [], unknown: [] });
  };

  const asked = read();
  most.forEach((one, place) => {
    one.value = asked.chosen[place] || "";
    one.addEventListener("change", pick);
  });
  theme.addEventListener("change", pick);
  at("pick").hidden = false;
  at("plain").hidden = true;
  show(asked);
})();
