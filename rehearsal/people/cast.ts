import type { LandingZoneConfig, TenantNamespace } from "../../config/derived";
import { deterministicGuid } from "../../simulator/azure/deterministicGuid";
import type { Person } from "../../simulator/people";

/** A member of one tenant's group, and where that group has a say. */
export interface TenantMember {
    person: Person;
    /** The namespace that the person is asked about. */
    own: TenantNamespace;
    /** Tenant namespaces in which the person's group has no role. */
    others: string[];
}

/** Who is asked in a rehearsal. */
export interface Cast {
    deployer: Person;
    admin: Person;
    stranger: Person;
    /** Absent where no team has developers. */
    developer?: TenantMember;
    /** Absent where no team has readers. */
    reader?: TenantMember;
}

/**
 * The people of a stack, by its own configuration: one for each kind of access. Groups that administer the cluster are
 * no tenant's, and a group that the stack itself creates has no object id yet: neither is chosen.
 */
export function castOf(config: LandingZoneConfig): Cast {
    const { access, namespaces } = config;
    const idOf = (key: string) => access.groups[key];
    const isTenants = (key: string) => idOf(key) !== undefined && !access.adminGroups.includes(key);

    const member = (name: "developer" | "reader"): TenantMember | undefined => {
        const roles = ({ settings }: TenantNamespace, which: typeof name) =>
            which === "developer" ? settings.developers : settings.readers;
        const candidates = [...namespaces.filter(hasBoth), ...namespaces].flatMap((own) =>
            roles(own, name)
                .filter((key) => isTenants(key) && !isBoth(own, key))
                .map((key) => ({ own, key })),
        );
        const [chosen] = candidates;
        if (chosen === undefined) {
            return undefined;
        }
        const { own, key } = chosen;
        const hasRole = (namespace: TenantNamespace) =>
            roles(namespace, "developer").includes(key) || roles(namespace, "reader").includes(key);
        return {
            person: person(name, [idOf(key) ?? ""]),
            own,
            others: namespaces.filter((namespace) => !hasRole(namespace)).map(({ namespace }) => namespace),
        };
    };
    const adminGroups = access.adminGroups.flatMap((key) => idOf(key) ?? []);
    return {
        deployer: { name: "deployer", objectId: access.deployer.objectId, groups: [] },
        admin: person("admin", adminGroups.slice(0, 1)),
        stranger: person("stranger", []),
        developer: member("developer"),
        reader: member("reader"),
    };
}

/** Everybody of the cast. */
export function peopleOf({ deployer, admin, stranger, developer, reader }: Cast): Person[] {
    const members = [developer, reader].flatMap((member) => (member ? [member.person] : []));
    return [deployer, admin, stranger, ...members];
}

/** With developers and readers in one namespace, each is asked about what the other may do. */
function hasBoth({ settings }: TenantNamespace): boolean {
    return settings.developers.length > 0 && settings.readers.length > 0;
}

/** A group that may change a namespace does not become a reader of it by being listed as one too. */
function isBoth({ settings }: TenantNamespace, key: string): boolean {
    return settings.developers.includes(key) && settings.readers.includes(key);
}

function person(name: Person["name"], groups: string[]): Person {
    return { name, objectId: deterministicGuid(`rehearsal/${name}`), groups };
}
