import * as pulumi from "@pulumi/pulumi";
import { toKubelogin } from "../../../components/internal/kubeconfig";
import type { BareProgram, BareResource } from "../../engine/bareProgram";

class Resource extends pulumi.CustomResource {}
class Provider extends pulumi.ProviderResource {}

interface Credentials {
    kubeconfigs: { value: string }[];
}

/** Makes every resource of the program, one after another. */
export function declare({ resources, login }: BareProgram): void {
    const made = new Map<string, pulumi.CustomResource>();

    const resourceAt = (urn: string): pulumi.CustomResource => {
        const resource = made.get(urn);
        if (!resource) {
            throw new Error(`${urn} is needed before it is made`);
        }
        return resource;
    };

    const providerAt = (urn: string | undefined): pulumi.ProviderResource | undefined =>
        urn === undefined ? undefined : resourceAt(urn);

    /** Asked for in the cluster that this program has made: another than the recorded one, with keys of its own. */
    const kubeconfigOf = (urn: string): pulumi.Output<string> => {
        const { inputs, provider } = resources.find((resource) => resource.urn === urn) ?? {};
        const credentials = pulumi.secret(resourceAt(urn).id).apply(() =>
            pulumi.runtime.invoke(
                "azure-native:containerservice:listManagedClusterUserCredentials",
                {
                    resourceGroupName: inputs?.["resourceGroupName"],
                    resourceName: inputs?.["resourceName"],
                    format: "exec",
                },
                { provider: providerAt(provider) },
            ),
        ) as pulumi.Output<Credentials>;
        return credentials.apply(({ kubeconfigs }) =>
            toKubelogin(Buffer.from(kubeconfigs[0]?.value ?? "", "base64").toString("utf8"), login),
        );
    };

    const make = ({ type, name, inputs, version, ...names }: BareResource): pulumi.CustomResource => {
        const options = {
            dependsOn: names.dependsOn.map(resourceAt),
            deletedWith: names.deletedWith === undefined ? undefined : resourceAt(names.deletedWith),
        };
        const [, kind, packageName = ""] = type.split(":");
        if (kind !== "providers") {
            return new Resource(type, name, inputs, { ...options, provider: providerAt(names.provider) });
        }
        const kubeconfig = names.cluster === undefined ? {} : { kubeconfig: kubeconfigOf(names.cluster) };
        return new Provider(packageName, name, { ...inputs, ...kubeconfig }, { ...options, version });
    };

    for (const resource of resources) {
        made.set(resource.urn, make(resource));
    }
}
