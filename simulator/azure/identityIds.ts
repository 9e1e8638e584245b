import type { ComputeContext } from "../resourceType";
import { deterministicGuid } from "./deterministicGuid";

/** Object id in Entra of the identity of an ARM id: a managed identity's own, or that of the resource that has one. */
export function principalIdOf(id: string): string {
    return deterministicGuid(`principal ${id}`);
}

/** Client id of the managed identity with this ARM id. */
export function clientIdOf(id: string): string {
    return deterministicGuid(`client ${id}`);
}

/** What a resource says of its identity, once Azure has made it one of its own. */
export function ownIdentity<Identity extends object>({
    inputs,
    id,
    environment,
}: Pick<ComputeContext<{ identity?: Identity }>, "inputs" | "id" | "environment">): Record<string, unknown> {
    return { ...inputs.identity, principalId: principalIdOf(id), tenantId: environment.tenantId };
}
