import { counted } from "../../terminal/words";
import { resourceTree } from "../model/resourceTree";
import type { TreeNode } from "../model/resourceTree";
import { html } from "./html";
import type { Html } from "./html";
import { searchField, tag } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** All components and resources, to look through and to search. */
export function componentsSection({ anchor, plan, view }: StackReport): SectionBody | undefined {
    const id = `${anchor}-components`;
    const components = plan.resources.filter(({ custom, parent }) => !custom && parent !== undefined).length;
    return body(
        `${counted(plan.components.total, "resource")} in ${counted(components, "component")}. Open a component to see what is in it.`,
        html`${searchField(`${id}-search`, "Find a component or resource", `${id}-tree`, "match")}
            <ul class="tree" id="${id}-tree">
                ${resourceTree(view).map(treeItem)}
            </ul>`,
    );
}

function treeItem(node: TreeNode): Html {
    const { name, type, platformName, protect, total, children, custom } = node;
    const search = [name, type, platformName ?? [], protect ? "protected" : []]
        .flat()
        .join(" ")
        .toLowerCase();
    const label = html`<span class="name">${name}</span> <span class="type">${type}</span>${
            platformName !== undefined && html` <code>${platformName}</code>`
        }${protect && html` ${tag("protected", "protected")}`}`;
    const inside = children.length > 0 && html`<span class="quiet">${counted(total, "resource")}</span>`;
    return html`<li data-search="${search}" class="${custom ? "resource" : "component"}">
        ${
            children.length === 0
                ? html`<div class="leaf">${label}</div>`
                : html`<details>
                      <summary>${label} ${inside}</summary>
                      <ul>
                          ${children.map(treeItem)}
                      </ul>
                  </details>`
        }
    </li>`;
}
