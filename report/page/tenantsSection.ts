import { tenantRows } from "../model/tenants";
import type { Member, TenantRow } from "../model/tenants";
import { counted } from "../../terminal/words";
import { html } from "./html";
import type { HtmlPart } from "./html";
import { absent, list, table, tag } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** The namespaces of the teams. */
export function tenantsSection({ plan, view }: StackReport): SectionBody | undefined {
    const rows = tenantRows(view, plan.access);
    return body(
        rows.length === 0
            ? "The plan has no namespace of a team."
            : "A namespace for each team and environment: what it may use, what its pods may do, and who may do what there.",
        rows.length > 0 &&
            table({
                caption: `Namespaces of the teams of ${plan.stack}`,
                columns: [
                    { title: "Namespace" },
                    { title: "Quota, requests to limits" },
                    { title: "A container's defaults" },
                    { title: "Pod security", room: "slim" },
                    { title: "Network" },
                    { title: "Who may do what", room: "wide" },
                ],
                className: "tenants",
                rows: rows.map((row) => ({
                    cells: [
                        html`${row.namespace}<span class="quiet block"
                                >${row.team}, ${row.environment}</span
                            >`,
                        quota(row.quota),
                        defaults(row),
                        row.podSecurity === undefined
                            ? tag("warning", "no level")
                            : tag(row.podSecurity, row.podSecurity),
                        network(row),
                        people(row),
                    ],
                })),
            }),
    );
}

function quota(entries: TenantRow["quota"]): HtmlPart {
    return entries.length === 0
        ? tag("warning", "no quota")
        : html`<dl class="pairs">
              ${quotaPairs(entries).map(
                  ([name, most]) =>
                      html`<div>
                          <dt>${name}</dt>
                          <dd>${most}</dd>
                      </div>`,
              )}
          </dl>`;
}

const quotaTitles: Readonly<Record<string, string>> = {
    persistentvolumeclaims: "volume claims",
    "requests.storage": "storage",
    "services.loadbalancers": "load balancers",
    "services.nodeports": "node ports",
};

/** Requests and limits of the same resource as one entry, and Kubernetes' names as people say them. */
function quotaPairs(entries: TenantRow["quota"]): [name: string, most: string][] {
    const bounds = new Map(entries);
    return entries.flatMap(([name, most]): [string, string][] => {
        const [kind = "", resource = ""] = name.split(".");
        const limit = bounds.get(`limits.${resource}`);
        if (kind === "limits" && bounds.has(`requests.${resource}`)) {
            return [];
        }
        return kind === "requests" && limit !== undefined
            ? [[resource, `${most} to ${limit}`]]
            : [[quotaTitles[name] ?? name, most]];
    });
}

function defaults({ containerDefaults }: TenantRow): HtmlPart {
    return containerDefaults.length === 0
        ? absent
        : html`<dl class="pairs">
              ${containerDefaults.map(
                  ([name, request, limit]) =>
                      html`<div>
                          <dt>${name}</dt>
                          <dd>${request} to ${limit}</dd>
                      </div>`,
              )}
          </dl>`;
}

function network({ networkPolicies, egress }: TenantRow): HtmlPart {
    return html`${counted(networkPolicies, "policy", "policies")}${
        egress.length > 0 && html`<span class="quiet block">out to</span>${list(egress)}`
    }`;
}

function people({ people: all, workloads }: TenantRow): HtmlPart {
    const shown = (members: readonly Member[], prefix: string) =>
        members.map(
            ({ who, may }) =>
                html`<strong>${prefix}${who}</strong>
                    ${may.length > 0 ? may.join(", ") : "nothing in Azure"}`,
        );
    const items = [...shown(all, ""), ...shown(workloads, "workload ")];
    return items.length === 0 ? absent : list(items);
}
