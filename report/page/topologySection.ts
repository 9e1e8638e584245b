import { platformName } from "../../stack/stackView";
import { types } from "../../stack/resourceTypes";
import { grouped } from "../../terminal/words";
import { poolTable } from "../model/pools";
import { drawing } from "../picture/drawing";
import { withInner } from "../topology/place";
import type { Place } from "../topology/place";
import { groupInWords, groupOf, portsInWords } from "../topology/securityRules";
import type { NumberedFlow } from "../topology/topology";
import { html, joinedHtml } from "./html";
import type { Html, HtmlPart } from "./html";
import { absent, disclosure, table, tag } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** Network, cluster and services as a picture, and the same in tables. */
export function topologySection(report: StackReport): SectionBody | undefined {
    const { anchor, plan, topology, layout } = report;
    if (topology.places.length === 0) {
        return undefined;
    }
    const picture = drawing(layout, {
        id: `${anchor}-picture`,
        title: `Topology of ${plan.stack}`,
        description:
            "Boxes for networks, subnets, the cluster, its node pools, private endpoints and services, and numbered lines for the traffic between them. The tables below say the same.",
    });
    return body(
        "What is where, and the traffic that security groups, gateways, routes and private endpoints of the plan let through. The numbers are those of the table of flows. What the plan does not say is left out.",
        html`<figure>
                <div class="canvas">${picture}</div>
                <div class="outline" aria-hidden="true">
                    ${topology.places.map((place) => outline(place, topology.flows))}
                </div>
                <figcaption>
                    ${tag("in", "in")} from outside the network, ${tag("inside", "inside")} between its parts,
                    ${tag("out", "out")} to services and the Internet.
                </figcaption>
            </figure>
            ${flowTable(report)} ${addressTable(report)} ${poolsTable(report)} ${ruleTables(report)}`,
    );
}

/** The picture for a narrow screen: the same boxes in each other, with the numbers of the lines that begin or end there. */
function outline(place: Place, flows: readonly NumberedFlow[]): Html {
    const badges = flows.flatMap(({ number, direction, from, to }) => [
        ...(to === place.id ? [tag(direction, `→ ${number}`)] : []),
        ...(from === place.id ? [tag(direction, `${number} →`)] : []),
    ]);
    return html`<div class="${place.kind} place">
        <p><strong>${place.title}</strong>${place.lines.map((line) => html`<br />${line}`)}</p>
        ${place.zones.length > 0 && html`<p>zones ${place.zones.map((zone) => html`<span class="zone">${zone}</span>`)}</p>`}
        ${badges.length > 0 && html`<p class="badges">${badges}</p>`}
        ${place.children.map((child) => outline(child, flows))}
    </div>`;
}

function flowTable({ topology, plan }: StackReport): HtmlPart {
    const titles = new Map(topology.places.flatMap(withInner).map(({ id, title }) => [id, title]));
    return table({
        caption: `Flows of ${plan.stack}`,
        columns: [
            { title: "No.", room: "slim" },
            { title: "Way", room: "slim" },
            { title: "From" },
            { title: "To" },
            { title: "Ports" },
            { title: "By" },
            { title: "What for", room: "wide" },
        ],
        rows: topology.flows.map(({ number, direction, from, to, what, by, purpose }) => ({
            cells: [
                number,
                tag(direction, direction),
                titles.get(from),
                titles.get(to),
                what,
                breakable(by),
                purpose === "" ? absent : purpose,
            ],
        })),
    });
}

function addressTable({ plan }: StackReport): HtmlPart {
    return (
        plan.addressPlan.length > 0 &&
        table({
            caption: `Address plan of ${plan.stack}`,
            columns: [
                { title: "Range" },
                { title: "Name" },
                { title: "Usable addresses", align: "right" },
                { title: "For" },
            ],
            rows: plan.addressPlan.map(({ kind, range, name, usableAddresses, role }) => ({
                cells: [html`<code>${range}</code>`, name, grouped(usableAddresses), role],
                className: kind,
            })),
        })
    );
}

function poolsTable({ view, plan }: StackReport): HtmlPart {
    const { pools, zones } = poolTable(view);
    return (
        pools.length > 0 &&
        table({
            caption: `Node pools of ${plan.stack} by zone`,
            columns: [
                { title: "Pool" },
                { title: "Mode" },
                { title: "Machine" },
                { title: "Nodes" },
                ...zones.map((zone) => ({ title: `Zone ${zone}`, room: "slim" as const })),
                { title: "Upgrade" },
            ],
            rows: pools.map((pool) => ({
                cells: [
                    pool.name,
                    `${pool.mode}${pool.spot ? ", Spot" : ""}`,
                    pool.vmSize,
                    pool.nodes,
                    ...zones.map((zone) =>
                        pool.zones.includes(zone)
                            ? html`<span class="mark" aria-hidden="true">●</span
                                  ><span class="unseen">yes</span>`
                            : absent,
                    ),
                    pool.upgrade === "" ? absent : pool.upgrade,
                ],
            })),
        })
    );
}

function ruleTables({ view }: StackReport): HtmlPart {
    const subnets = view.ofType(types.subnet).map((subnet) => ({ subnet, group: groupOf(view, subnet) }));
    return (
        subnets.length > 0 &&
        html`<h4>Security rules by subnet</h4>
            ${subnets.map(({ subnet, group }) =>
                disclosure(
                    html`<span class="name">${platformName(subnet)}</span>
                        ${group ? groupInWords(group) : "no NSG"}`,
                    group
                        ? table({
                              caption: `Rules of ${group.name}`,
                              columns: [
                                  { title: "Priority", room: "slim" },
                                  { title: "Rule" },
                                  { title: "From" },
                                  { title: "To" },
                                  { title: "Ports" },
                                  { title: "What for", room: "wide" },
                              ],
                              rows: group.rules.map((rule) => ({
                                  cells: [
                                      rule.priority,
                                      html`${tag(rule.access === "Allow" ? "allow" : "deny", rule.access)}
                                          ${rule.direction}
                                          <span class="quiet">${breakable(rule.name)}</span>`,
                                      addressList(rule.sources),
                                      addressList(rule.destinations),
                                      portsInWords(rule),
                                      rule.description,
                                  ],
                              })),
                          })
                        : html`<p>No network security group guards this subnet.</p>`,
                ),
            )}`
    );
}

function addressList(ranges: readonly string[]): Html {
    return joinedHtml(
        ranges.map((range) => html`<code>${range === "*" ? "anything" : range}</code>`),
        ", ",
    );
}

/** Names in one word may break before their capitals. */
function breakable(name: string): Html {
    return html`${name.split(/(?<=[a-z])(?=[A-Z])/).map((part) => html`${part}<wbr />`)}`;
}
