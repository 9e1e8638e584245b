/* global document, window, localStorage */
// What the report does beyond what HTML does by itself. Without it everything is there to be read.

const key = "landing-zone-report-colours";
const themes = ["system", "light", "dark"];
const said = { system: "as the system", light: "light", dark: "dark" };

function startTheme() {
    const button = document.getElementById("theme");
    let theme = remembered();
    const show = () => {
        if (theme === "system") {
            delete document.documentElement.dataset.theme;
        } else {
            document.documentElement.dataset.theme = theme;
        }
        button.textContent = `Colours: ${said[theme]}`;
    };
    button.addEventListener("click", () => {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        remember(theme);
        show();
    });
    button.hidden = false;
    show();
}

/** Some browsers keep nothing for pages from disk. */
function remembered() {
    try {
        const theme = localStorage.getItem(key);
        return themes.includes(theme) ? theme : "system";
    } catch {
        return "system";
    }
}

function remember(theme) {
    try {
        localStorage.setItem(key, theme);
    } catch {
        // The choice then holds for this visit.
    }
}

/** Narrows what is below a field down to what has all of its words, and opens what is around a hit. */
function startSearch(search) {
    const target = document.getElementById(search.dataset.filter);
    const input = search.querySelector("input");
    const hits = search.querySelector(".hits");
    const items = [...target.querySelectorAll("[data-search]")];
    const groups = [...target.querySelectorAll("details")];
    const tables = [...target.querySelectorAll("table")];
    const noun = search.dataset.noun;
    let openBefore;

    const filter = () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        if (words.length === 0) {
            items.forEach((item) => (item.hidden = false));
            [...groups, ...tables].forEach((group) => (group.hidden = false));
            openBefore?.forEach((open, index) => (groups[index].open = open));
            openBefore = undefined;
            hits.textContent = "";
            return;
        }
        openBefore ??= groups.map(({ open }) => open);
        const found = new Set(
            items.filter(({ dataset }) => words.every((word) => dataset.search.includes(word))),
        );
        const shown = new Set(found);
        for (const item of found) {
            for (let outer = item.parentElement; outer && outer !== target; outer = outer.parentElement) {
                shown.add(outer);
            }
        }
        items.forEach((item) => (item.hidden = !shown.has(item)));
        tables.forEach((table) => (table.hidden = !shown.has(table)));
        groups.forEach((group) => {
            group.open = shown.has(group);
            group.hidden = !shown.has(group);
        });
        hits.textContent = hitsText(found.size, noun);
    };
    input.addEventListener("input", filter);
    input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            input.value = "";
            filter();
        }
    });
    search.hidden = false;
}

function hitsText(count, noun) {
    if (count === 0) {
        return `No ${noun} found`;
    }
    return count === 1 ? `1 ${noun}` : `${count} ${noun}${noun.endsWith("ch") ? "es" : "s"}`;
}

/** Marks the section in view in the contents. */
function startContents() {
    const links = [...document.querySelectorAll("#contents a")];
    const targets = links.map((link) => document.getElementById(link.hash.slice(1)));
    const mark = () => {
        const line = window.innerHeight / 3;
        const current = targets.findLastIndex((target) => target.getBoundingClientRect().top <= line);
        links.forEach((link, index) => {
            if (index === current) {
                link.setAttribute("aria-current", "true");
            } else {
                link.removeAttribute("aria-current");
            }
        });
    };
    let waiting = false;
    window.addEventListener(
        "scroll",
        () => {
            if (!waiting) {
                waiting = true;
                window.requestAnimationFrame(() => {
                    waiting = false;
                    mark();
                });
            }
        },
        { passive: true },
    );
    mark();
}

/** Paper cannot be opened: everything is open while printing. */
function startPrinting() {
    let closed = [];
    window.addEventListener("beforeprint", () => {
        closed = [...document.querySelectorAll("details:not([open])")];
        closed.forEach((details) => (details.open = true));
    });
    window.addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
}

startTheme();
document.querySelectorAll(".search").forEach(startSearch);
startContents();
startPrinting();
