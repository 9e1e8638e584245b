import * as assert from "node:assert/strict";
import { escaped, html, joinedHtml } from "../../report/page/html";
import type { HtmlPart } from "../../report/page/html";

describe("HTML of the report", () => {
    it("escapes every value, in text and in attributes", () => {
        const name = `<img src=x onerror="alert('1')">&`;
        assert.equal(
            html`<p title="${name}">${name}</p>`.text,
            `<p title="${escaped(name)}">${escaped(name)}</p>`,
        );
        assert.equal(escaped(name), "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    });

    it("keeps what is HTML, in lists too, and leaves out what is not there", () => {
        const items = (["<a>", 1, undefined, false, html`<b></b>`] as HtmlPart[]).map(
            (item) => html`<li>${item}</li>`,
        );
        assert.equal(html`${items}`.text, "<li>&lt;a&gt;</li><li>1</li><li></li><li></li><li><b></b></li>");
        assert.equal(joinedHtml(["a", html`<b></b>`], ", ").text, "a, <b></b>");
    });

    it("takes out control characters, which no document may hold", () => {
        assert.equal(escaped("a\u0000b\u001bc\nd"), "a b c\nd");
    });
});
