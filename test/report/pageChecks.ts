// Functions that run in the browser, over a page of the report. They are sent there as text and use nothing from here.

/** What is wrong with the room that things have, in words. */
export type RoomFaults = string[];

/** Opens everything that can be opened. */
export const openAll = `document.querySelectorAll("details").forEach((details) => (details.open = true))`;

/** What leaves the window sideways, or is cut off by what it is in. */
export const overflowing = `(() => {
    const width = document.documentElement.clientWidth;
    const faults = [];
    if (document.documentElement.scrollWidth > width) {
        faults.push("the page is " + document.documentElement.scrollWidth + " wide in a window of " + width);
    }
    const name = (element) => element.tagName + "." + element.getAttribute("class") + " " + (element.textContent ?? "").trim().slice(0, 50);
    for (const element of document.querySelectorAll("body *")) {
        if (element.closest(".unseen, .skip, thead, svg") || !element.checkVisibility()) {
            continue;
        }
        const { left, right, width: own } = element.getBoundingClientRect();
        if (own > 0 && (left < -0.5 || right > width + 0.5)) {
            faults.push("leaves the window: " + name(element));
        }
        const { overflowX } = getComputedStyle(element);
        if (overflowX !== "visible" && element.tagName !== "INPUT" && element.scrollWidth > element.clientWidth + 1) {
            faults.push("is cut off or scrolls: " + name(element));
        }
    }
    return faults;
})()`;

/** Texts that lie on each other. */
export const overlapping = `(() => {
    const rects = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (node.data.trim() === "" || parent.closest(".unseen, title, desc, script") || !parent.checkVisibility()) {
            continue;
        }
        if (getComputedStyle(parent.closest("table, body")).clipPath !== "none" || (parent.closest("thead") && getComputedStyle(parent.closest("thead")).position === "absolute")) {
            continue;
        }
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
            if (rect.width > 1 && rect.height > 1) {
                rects.push({ node, text: node.data.trim().slice(0, 40), left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom });
            }
        }
    }
    rects.sort((one, other) => one.top - other.top);
    const faults = [];
    // Line boxes of neighbouring lines touch; a letter's height is well within the middle of them.
    const slack = 3;
    for (let index = 0; index < rects.length; index += 1) {
        const one = rects[index];
        for (let next = index + 1; next < rects.length && rects[next].top < one.bottom - slack; next += 1) {
            const other = rects[next];
            if (other.node !== one.node && one.left < other.right - 1 && other.left < one.right - 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack) {
                faults.push(JSON.stringify(one.text) + " and " + JSON.stringify(other.text));
            }
        }
    }
    return faults;
})()`;

/** Texts that were left with room for a word's part in a line, and so go down the page. */
export const squeezed = `(() =>
    [...document.querySelectorAll("main th, main td, main p, main li, main dt, main dd, main summary, main caption")]
        .filter((element) => element.checkVisibility() && !element.closest(".unseen, thead"))
        .filter((element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
            const width = Math.max(...rects.map((rect) => rect.right)) - Math.min(...rects.map((rect) => rect.left));
            return width < 55 && new Set(rects.map((rect) => Math.round(rect.top / 8))).size > 3;
        })
        .map((element) => element.tagName + " " + element.textContent.trim().slice(0, 50))
)()`;

/** Texts of pictures that leave their box or are on a number, and numbers on numbers. */
export const misplacedLabels = `(() => {
    const faults = [];
    const inside = (inner, outer) => inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;
    const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    for (const picture of document.querySelectorAll("svg.picture")) {
        if (!picture.checkVisibility()) {
            continue;
        }
        const boxes = new Map([...picture.querySelectorAll("rect.box")].map((box) => [box.dataset.box, box.getBoundingClientRect()]));
        const badges = [...picture.querySelectorAll(".badge")].map((badge) => ({
            text: badge.textContent.trim(),
            label: badge.querySelector("text").getBoundingClientRect(),
            area: badge.querySelector("rect").getBoundingClientRect(),
        }));
        const labels = [...picture.querySelectorAll(".labels")].flatMap((group) =>
            [...group.querySelectorAll("text")].map((text) => ({ text: text.textContent, area: text.getBoundingClientRect(), box: boxes.get(group.dataset.box) })),
        );
        if (labels.length === 0 || badges.length === 0) {
            faults.push("there is nothing in the picture");
        }
        for (const { text, area, box } of labels) {
            if (!box || !inside(area, box)) {
                faults.push(text + " leaves its box");
            }
            faults.push(...badges.filter((badge) => overlap(badge.area, area)).map((badge) => badge.text + " is on " + text));
        }
        badges.forEach((one, index) => {
            if (!inside(one.label, one.area)) {
                faults.push(one.text + " leaves its badge");
            }
            faults.push(...badges.slice(index + 1).filter((other) => overlap(one.area, other.area)).map((other) => one.text + " is on " + other.text));
        });
    }
    return faults;
})()`;
